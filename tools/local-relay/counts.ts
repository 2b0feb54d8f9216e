import { LRUCache } from 'lru-cache'
import { personRecords } from '../../lib/policy.ts'
import type { AcceptedNote, DecisionNote } from './notes.ts'

const names = [
  'received',
  'queued',
  'ignored',
  'refused',
  'delivered',
  'skipped',
  'retries',
  'deadLettered',
  'calls',
] as const

/** What is counted since the start. `refused`: dead-lettered at ingest; `dead-lettered`: by a worker; `retries`: decisions, not events. */
export type CountName = (typeof names)[number]

/**
 * The ledger's numbers. A message counts as delivered, skipped or dead-lettered when it is done with, that is just before it
 * is deleted, and once only: a message that comes again, since its deletion failed, is remembered.
 */
export function createCounts() {
  const values = Object.fromEntries(names.map(name => [name, 0])) as Record<CountName, number>
  const fates = new Map<string, CountName>()
  const counted = new LRUCache<string, true>({ max: personRecords.maxPeople })
  const add = (name: CountName) => {
    values[name]++
  }
  return {
    values,
    add,
    accepted({ end }: AcceptedNote) {
      add('received')
      add(end === 'deadLettered' ? 'refused' : end)
    },
    decided({ decision, outcome, messageId }: DecisionNote) {
      if (decision === 'retry') return add('retries')
      const fate = outcome === 'skipped' ? 'skipped' : 'delivered'
      fates.set(messageId, decision === 'deadLetter' ? 'deadLettered' : fate)
    },
    done(messageIds: string[]) {
      for (const id of messageIds) {
        if (!counted.has(id)) add(fates.get(id) ?? 'delivered')
        counted.set(id, true)
        fates.delete(id)
      }
    },
  }
}
