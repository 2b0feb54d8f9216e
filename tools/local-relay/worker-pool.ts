/** Tracks which workers of an event source are free. Each has one invocation at a time. */
export interface WorkerPool {
  /** Resolves when a worker is free. */
  whenFree(): Promise<void>
  /** Returns the index of the worker that is free the longest; it is busy until `free`. Undefined if none is free. */
  take(): number | undefined
  free(worker: number): void
}

/**
 * Any free worker takes any batch, because Lambda does not tie a message group to a container. The workers take turns,
 * so the memory of one container helps no more here than on AWS.
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
