import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import { InvalidEventError } from '../../lib/errors.ts'
import { type ParsedEvent, parseEvent } from '../../lib/index.ts'
import { webhook } from '../../lib/policy.ts'
import { type Bytes, bufferOf, hostileBytes } from './generate/hostile-bytes.ts'
import { hostileEventText } from './generate/hostile-event.ts'
import { builtinsAreUnchanged } from './oracles/builtins.ts'
import { mayBeTooDeep } from './oracles/depth.ts'
import { holdsNoMark } from './oracles/marks.ts'
import { areMessages } from './oracles/messages.ts'
import { must, type Target } from './target.ts'
import { type Exchange, post } from './webhook-in-process.ts'

/** A request to the webhook. `isUp`: whether the queues take messages. */
interface IngestCase extends Bytes {
  isBase64Encoded: boolean
  isUp: boolean
}

const body = fc.oneof(
  hostileEventText,
  fc
    .tuple(fc.array(hostileEventText, { minLength: 1, maxLength: 5 }), fc.constantFrom('', ' ', '\n'))
    .map(([list, space]) => `[${list.join(`,${space}`)}]`),
)

/** The webhook: any bytes with the right secret. */
export const ingest: Target<IngestCase> = {
  name: 'ingest',
  sentence:
    'The webhook answers 4xx for the faults of a request and 503 for its own alone, stores exactly what was sent, and repeats nothing.',
  cases: fc.record({
    bytes: hostileBytes(body),
    isBase64Encoded: fc.boolean(),
    isUp: fc.constantFrom(true, true, true, false),
  }),
  async check({ bytes: given, isBase64Encoded, isUp }) {
    const bytes = bufferOf(given)
    const exchange = await post(bytes, isBase64Encoded, isUp)
    const [statuses, because] = expected(isBase64Encoded ? bytes : Buffer.from(bytes.toString()), isUp)
    must(statuses.includes(exchange.status), `the status is ${statuses.join(' or ')}, ${because}`, [
      exchange.status,
      exchange.body,
    ])
    holdsNoMark(exchange.body, 'answers')
    holdsNoMark(exchange.written, 'logs and metrics')
    areMessages(exchange, bytes.length)
    builtinsAreUnchanged()
    if (exchange.status === 202) await isTheSameAgain(bytes, isBase64Encoded, exchange)
  },
}

/** The statuses that are right for a body, found without the code of ingest: by `JSON.parse` of the whole. */
function expected(bytes: Buffer, isUp: boolean): [statuses: number[], because: string] {
  if (!isUtf8(bytes)) return [[400], 'since the body is not UTF-8']
  const text = bytes
    .toString()
    .replace(/^\ufeff/, '')
    .trim()
  if (text === '') return [[400], 'since the body is blank']
  const value = jsonOf(text)
  if (value === undefined)
    return [[400, 413, ...(mayBeTooDeep(text) ? [isUp ? 202 : 503] : [])], 'since the body is not JSON']
  const list = Array.isArray(value) ? value : undefined
  if (list?.length === 0) return [[400], 'since the list is empty']
  if (list && list.length > webhook.maxEvents) return [[413], 'since there are too many events']
  const stored = isUp ? 202 : 503
  if (mayBeTooDeep(text)) return [[400, stored, 202], 'since the body may be too deep']
  if (list)
    return [list.map(kindOf).every(kind => kind === 'skip') ? [202] : [stored], 'by the state of the queue']
  const kind = kindOf(value)
  if (kind === 'invalid') return [[400], 'since the event is invalid']
  return kind === 'skip' ? [[202], 'since the event is ignored'] : [[stored], 'by the state of the queue']
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function kindOf(event: unknown): ParsedEvent['kind'] | 'invalid' {
  try {
    return parseEvent(event).kind
  } catch (error) {
    must(
      error instanceof InvalidEventError,
      'an event is invalid by an InvalidEventError alone',
      String(error),
    )
    return 'invalid'
  }
}

/** A request that is sent again has the same ids where its events have ids, so that the queue stores it once. */
async function isTheSameAgain(bytes: Buffer, isBase64Encoded: boolean, first: Exchange): Promise<void> {
  const again = await post(bytes, isBase64Encoded, true)
  const idsOf = ({ queued }: Exchange) => queued.map(({ groupId }) => groupId)
  must(
    String(idsOf(again)) === String(idsOf(first)),
    'a request that is sent again has the same message groups',
  )
}
