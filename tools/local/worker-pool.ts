import type { SQSRecord } from 'aws-lambda'
import { LRUCache } from 'lru-cache'
import { directory } from '../../lib/policy.ts'

/** Which worker gets what, and which are free: one invocation at a time for each. */
export interface WorkerPool {
  /** Resolves as soon as a worker is free. */
  whenFree(): Promise<void>
  /** Gives out a batch to free workers, by index, and marks them busy; at least one must be free. */
  share(records: SQSRecord[]): Map<number, SQSRecord[]>
  free(worker: number): void
}

/**
 * Gives each message group to the worker that had it last, so that what a container remembers of a person is of use,
 * and all else to the free worker with the lowest number, as Lambda keeps to the containers that are warm.
 * It never lets a message wait for a busy worker while another is free.
 */
export function createWorkerPool(size: number): WorkerPool {
  const busy = new Set<number>()
  const lastOf = new LRUCache<string, number>({ max: directory.maxPeople })
  const waiting: (() => void)[] = []
  return {
    async whenFree() {
      while (busy.size === size) await new Promise<void>(resolve => waiting.push(resolve))
    },
    share(records) {
      const free = Array.from({ length: size }, (_, worker) => worker).filter(worker => !busy.has(worker))
      const shares = Map.groupBy(records, ({ attributes: { MessageGroupId: group = '' } }) => {
        const last = lastOf.get(group)
        const worker = last !== undefined && free.includes(last) ? last : (free[0] ?? 0)
        lastOf.set(group, worker)
        return worker
      })
      for (const worker of shares.keys()) busy.add(worker)
      return shares
    },
    free(worker) {
      busy.delete(worker)
      for (const resolve of waiting.splice(0)) resolve()
    },
  }
}
