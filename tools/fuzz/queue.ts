import fc from 'fast-check'
import { transform } from '../../lib/index.ts'
import { attributesOf, readAttributes } from '../../lib/queue/dead-letter.ts'
import { openEnvelope } from '../../lib/queue/envelope.ts'
import { parseRecord } from '../../lib/worker/parse-record.ts'
import { toDeadLetter } from '../../lib/worker/to-dead-letter.ts'
import { type DeadLetterMessage, readDeadLetter } from '../dead-letters/dead-letter-message.ts'
import { describeDeadLetter, summaryOf } from '../dead-letters/describe.ts'
import { prepareReplay } from '../dead-letters/prepare.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { safe, table } from '../terminal/terminal.ts'
import { type Bytes, bufferOf, hostileBytes } from './generate/hostile-bytes.ts'
import { hostileEventText } from './generate/hostile-event.ts'
import { hostileValue, toText } from './generate/hostile-value.ts'
import { areAttributes } from './oracles/attributes.ts'
import { builtinsAreUnchanged } from './oracles/builtins.ts'
import { mayBeTooDeep } from './oracles/depth.ts'
import { holdsNoMark } from './oracles/marks.ts'
import { messageOf } from './queue-record.ts'
import { must, type Target } from './target.ts'

/** The body of a queue message. */
type QueueCase = Bytes

const field = fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, hostileValue.map(toText))

/** An envelope around a hostile event, sometimes with hostile fields of its own. */
const envelopeText = fc
  .record({ event: hostileEventText, version: field, id: field, receivedAt: field })
  .map(
    ({ event, version = '1', id = '"m-1"', receivedAt = '"2026-05-04T10:20:30.000Z"' }) =>
      `{"version":${version},"id":${id},"receivedAt":${receivedAt},"event":${event}}`,
  )

/** Queue messages and dead letters: any body. */
export const queue: Target<QueueCase> = {
  name: 'queue',
  sentence:
    'Any body of a message leads to a call, a skip or an outcome, and to a dead letter that every tool can read and show.',
  cases: fc.record({ bytes: hostileBytes(envelopeText) }),
  check({ bytes }) {
    const body = bufferOf(bytes).toString()
    const parsed = parseRecord(messageOf(body, 'q-1'), event => transform(event))
    must(kinds.has(parsed.plan.kind), 'a message leads to a call, a skip or an outcome', parsed.plan)
    const isDeep = mayBeTooDeep(body)
    must(isDeep || parsed.plan.kind !== 'failed', 'no message makes the code throw', parsed.plan)
    must(Number.isFinite(parsed.eventAtMs + parsed.receivedAtMs), 'times are numbers', parsed)
    const outcome = { kind: 'rejected', code: 'REJECTED', why: 'a sentence' } as const
    const decision = { kind: 'deadLetter', code: 'REJECTED', why: whyOf(parsed.plan) } as const
    const attributes = attributesOf(toDeadLetter(parsed, outcome, decision, 1, 1_800_000_000_000))
    areAttributes(attributes)
    must(readAttributes(attributes).code === 'REJECTED', 'the attributes can be read again', attributes)
    builtinsAreUnchanged()
    if (isDeep) return
    isShown(readDeadLetter({ MessageId: 'd-1', Body: body, MessageAttributes: attributes }))
    isShown(readDeadLetter({ MessageId: 'd-2', Body: body }))
  },
}

const kinds: ReadonlySet<string> = new Set([
  'upsertCustomer',
  'recordEvent',
  'skip',
  'rejected',
  'unattempted',
  'failed',
])

function whyOf(plan: object): string {
  return 'why' in plan ? String(plan.why) : 'a sentence'
}

/** The list and its JSON have no personal data, and nothing that could move a terminal's cursor. */
function isShown(deadLetter: DeadLetterMessage): void {
  const summary = summaryOf(deadLetter, 1_800_000_000_000)
  holdsNoMark(summary, 'lists')
  const listed = table([{ title: 'event', mayShrink: true }], [[deadLetter.eventName ?? '']], {
    columns: 80,
    hasColors: false,
  })
  for (const text of [listed, safe(JSON.stringify(summary)), safeJson(describeDeadLetter(deadLetter, {}, 0))])
    must(!/(?!\n|\u200d)[\p{Cc}\p{Cf}]/u.test(text), 'a shown text is safe on a terminal', text)
  const [prepared] = prepareReplay([deadLetter])
  if (prepared?.kind !== 'ready') return
  must(openEnvelope(deadLetter.body).kind === 'envelope', 'only an envelope is replayed')
}
