import type { Accepted } from '../../lib/ingest/accept.ts'
import { envelopeIn } from '../queue/envelope-in.ts'

/** The time of arrival, epoch milliseconds. */
export const atMs = Date.UTC(2026, 10, 1)
/** The stack's salt. */
export const salt = 'salt'
/** An event that is accepted. */
export const identify = {
  type: 'identify',
  userId: 'u1',
  messageId: 'm1',
  traits: { email: 'ada@example.com' },
}

/** Lists in lists, `levels` in all. */
export function nested(levels: number): unknown {
  let value: unknown = []
  for (let level = 1; level < levels; level++) value = [value]
  return value
}

/** The envelope that was sealed. */
export function bodyOf(accepted: Accepted) {
  if (accepted.kind === 'ignored') throw new Error('nothing was sealed')
  return envelopeIn(accepted.kind === 'queue' ? accepted.sealed.body : accepted.body)
}
