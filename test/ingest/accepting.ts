import { type Accepted, accept } from '../../lib/ingest/accept.ts'
import { membersOf } from '../../lib/ingest/members.ts'
import { envelopeIn } from '../queue/envelope-in.ts'

/** The time of arrival, epoch milliseconds. */
export const atMs = Date.UTC(2026, 10, 1)
/** An event that is accepted. */
export const identify = {
  type: 'identify',
  userId: 'u1',
  messageId: 'm1',
  traits: { email: 'ada@example.com' },
}

/** The result of ingest for an event that is sent in a list. */
export function acceptEvent(event: unknown, receivedAtMs = atMs): Accepted {
  return acceptText(JSON.stringify(event), receivedAtMs)
}

/** The result of ingest for the JSON of an event. */
export function acceptText(text: string, receivedAtMs = atMs): Accepted {
  const split = membersOf(`[${text}]`)
  const [member] = split.kind === 'many' ? split.members : []
  if (!member) throw new Error('no member')
  return accept(member, receivedAtMs, 'salt')
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
