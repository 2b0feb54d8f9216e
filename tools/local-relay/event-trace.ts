import type { CallNote, DecisionNote } from './notes.ts'

/**
 * The trace of one event. `key` is unique: its `messageId`, with a number where several events have the same. Times are
 * epoch ms. A replay continues the trace. It holds no bodies: those are in `Bodies`.
 */
export interface EventTrace {
  key: string
  eventId: string
  event: string
  person?: string
  state: 'queued' | 'retrying' | 'delivered' | 'skipped' | 'dead' | 'ignored' | 'refused'
  acceptedAt?: number
  /** The times it was answered with 400, and why; the latest 50. */
  refusals?: { at: number; reason: string }[]
  /** Why it was ignored, refused or dead-lettered. */
  reason?: string
  attempts: (DecisionNote & { at: number })[]
  calls: (CallNote & { at: number })[]
}
