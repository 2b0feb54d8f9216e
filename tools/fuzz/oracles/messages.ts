import { transform } from '../../../lib/index.ts'
import { groupIdOf, openEnvelope } from '../../../lib/queue/envelope.ts'
import { maxSealedBytes, type Sealed } from '../../../lib/queue/sqs.ts'
import { parseEvent } from '../../../lib/transform/parse.ts'
import { must } from '../target.ts'
import { type Exchange, salt } from '../webhook-in-process.ts'
import { areAttributes } from './attributes.ts'

/** Printable ASCII, tabs and breaks, and the rest of the characters that SQS takes unescaped. */
const storable = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd]*$/
/** A number of a few digits may be written with 21, a character of 2 bytes with 6, and each event gets an envelope. */
const growth = { factor: 11, perMessage: 1_000 }

/** Checks what the webhook stored for a request of `bytes`: the worker can read each event, and SQS takes each message. */
export function areMessages({ queued, deadLetters }: Exchange, bytes: number): void {
  const all = [...queued, ...deadLetters]
  const stored = all.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0)
  const most = bytes * growth.factor + all.length * growth.perMessage
  must(stored <= most, 'what is stored grows in proportion to what was sent', [bytes, stored])
  for (const message of all) isMessage(message)
  for (const message of queued) isReadable(message)
  for (const { attributes = {} } of deadLetters) areAttributes(attributes)
}

function isMessage({ body, groupId, deduplicationId }: Sealed): void {
  must(storable.test(body), 'SQS takes every body', body)
  must(Buffer.byteLength(body) <= maxSealedBytes, 'a message has room for the attributes of a dead letter')
  for (const id of [groupId, deduplicationId])
    must(/^[0-9a-f]{64}$/.test(id), 'a message group and a deduplication id are hashes', id)
  must(openEnvelope(body).kind === 'envelope', 'a stored body is an envelope', body)
}

/** The event that the worker reads has the person of its message group, and is not refused then. */
function isReadable({ body, groupId }: Sealed): void {
  const opened = openEnvelope(body)
  const event = opened.kind === 'envelope' ? opened.envelope.event : undefined
  const parsed = parseEvent(event)
  must(parsed.kind === 'event', 'a queued event is one that is delivered', event)
  must(groupIdOf(parsed.externalId, salt) === groupId, 'an event is in the group of its person', event)
  transform(event)
}
