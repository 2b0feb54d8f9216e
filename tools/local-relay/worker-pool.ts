/** The workers of an event source: which are free, one invocation at a time for each. */
export interface WorkerPool {
  /** Resolves as soon as a worker is free. */
  whenFree(): Promise<void>
  /** Takes the worker that has been free the longest, by index; it is busy until it is freed. Undefined if none is. */
  take(): number | undefined
  free(worker: number): void
}

/**
 * Gives a batch to any free worker, whoever the batch is about: Lambda promises no container to a message group. The
 * workers take turns, so that what one container remembers is of no more use here than it may be on AWS.
 */
export function createWorkerPool(size: number): WorkerPool {
  const idle = Array.from({ length: size }, (_, worker) => worker)
  const waiting: (() => void)[] = []
  return {
    async whenFree() {
      while (idle.length === 0) await new Promise<void>(resolve => waiting.push(resolve))
    },
    take: () => idle.shift(),
    free(worker) {
      idle.push(worker)
      for (const resolve of waiting.splice(0)) resolve()
    },
  }
}
