import { LRUCache } from 'lru-cache'
import { personRecords } from '../../lib/policy.ts'
import type { AcceptedNote, DecisionNote } from './notes.ts'

const names = [
  'received',
  'queued',
  'ignored',
  'repeated',
  'refused',
  'delivered',
  'skipped',
  'retries',
  'deadLettered',
  'calls',
] as const

/**
 * The counters since the start. `repeated`: queued again, with the `messageId` and name of an event that was accepted
 * before. `refused`: answered with 400. `deadLettered`: by ingest or a worker. `retries` counts decisions, not events.
 */
export type CountName = (typeof names)[number]

/**
 * Creates the counters of the ledger. A message is counted as delivered, skipped or dead-lettered when it is done, just
 * before its deletion. It is counted once, even if its deletion fails and it is received again.
 */
export function createCounts() {
  const values = Object.fromEntries(names.map(name => [name, 0])) as Record<CountName, number>
  const results = new Map<string, CountName>()
  const counted = new LRUCache<string, true>({ max: personRecords.maxPeople })
  const add = (name: CountName) => {
    values[name]++
  }
  return {
    values,
    add,
    accepted({ end }: AcceptedNote) {
      add('received')
      add(end)
    },
    decided({ decision, outcome, messageId }: DecisionNote) {
      if (decision === 'retry') return add('retries')
      const result = outcome === 'skipped' ? 'skipped' : 'delivered'
      results.set(messageId, decision === 'deadLetter' ? 'deadLettered' : result)
    },
    done(messageIds: string[]) {
      for (const id of messageIds) {
        if (!counted.has(id)) add(results.get(id) ?? 'delivered')
        counted.set(id, true)
        results.delete(id)
      }
    },
  }
}
