import { setTimeout as wait } from 'node:timers/promises'
import type { SQSRecord } from 'aws-lambda'
import { LRUCache } from 'lru-cache'
import { personRecords } from '../../lib/policy.ts'

/** Which worker gets what, and which are free: one invocation at a time for each. */
export interface WorkerPool {
  /** Resolves as soon as a worker is free. */
  whenFree(): Promise<void>
  /**
   * Resolves when each worker that had these groups last is free, or was not as quick as 0.5 s last time, or is not
   * this time.
   */
  whenBest(records: SQSRecord[]): Promise<void>
  /** Gives out a batch to free workers, by index, and marks them busy; at least one must be free. */
  share(records: SQSRecord[]): Map<number, SQSRecord[]>
  free(worker: number): void
}

/** Milliseconds that a worker may take to be worth waiting for: a batch without trouble takes less. */
const quickMs = 500

/**
 * Gives each message group to the worker that had it last, so that what a container remembers of a person is of use,
 * and all else to the free worker with the lowest number, as Lambda keeps to the containers that are warm.
 * While another is free, a message waits for its busy worker only where that is quick (`whenBest`).
 */
export function createWorkerPool(size: number): WorkerPool {
  /** Since when, in epoch milliseconds. */
  const busy = new Map<number, number>()
  const slow = new Set<number>()
  const lastOf = new LRUCache<string, number>({ max: personRecords.maxPeople })
  const waiting: (() => void)[] = []
  const whenFreed = () => new Promise<void>(resolve => waiting.push(resolve))
  return {
    async whenFree() {
      while (busy.size === size) await whenFreed()
    },
    async whenBest(records) {
      const wanted = new Set(records.map(record => lastOf.get(groupOf(record))))
      for (;;) {
        const isWorthIt = (worker: number) => wanted.has(worker) && !slow.has(worker)
        const begun = Math.max(...[...busy].flatMap(([worker, ms]) => (isWorthIt(worker) ? [ms] : [])))
        const leftMs = begun + quickMs - Date.now()
        if (leftMs <= 0) return
        await Promise.race([whenFreed(), wait(leftMs, undefined, { ref: false })])
      }
    },
    share(records) {
      const free = Array.from({ length: size }, (_, worker) => worker).filter(worker => !busy.has(worker))
      const shares = Map.groupBy(records, record => {
        const group = groupOf(record)
        const last = lastOf.get(group)
        const worker = last !== undefined && free.includes(last) ? last : (free[0] ?? 0)
        lastOf.set(group, worker)
        return worker
      })
      for (const worker of shares.keys()) busy.set(worker, Date.now())
      return shares
    },
    free(worker) {
      if (Date.now() - (busy.get(worker) ?? 0) < quickMs) slow.delete(worker)
      else slow.add(worker)
      busy.delete(worker)
      for (const resolve of waiting.splice(0)) resolve()
    },
  }
}

function groupOf({ attributes }: SQSRecord): string {
  return attributes.MessageGroupId ?? ''
}
