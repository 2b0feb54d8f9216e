import type { SQSRecord } from 'aws-lambda'
import fc from 'fast-check'
import { readAnswerBody } from '../../lib/kustomer/answer-body.ts'
import type { Endpoint } from '../../lib/kustomer/endpoints.ts'
import { defaultSettings, kustomersDomain } from '../../lib/policy.ts'
import { type Answer, hostileAnswer, hostileAttributes } from './generate/hostile-answer.ts'
import { hostileEventText, plausibleEventText } from './generate/hostile-event.ts'
import { toText } from './generate/hostile-value.ts'
import { areAttributes } from './oracles/attributes.ts'
import { builtinsAreUnchanged } from './oracles/builtins.ts'
import { mayBeTooDeep } from './oracles/depth.ts'
import { holdsNoMark } from './oracles/marks.ts'
import { messageOf } from './queue-record.ts'
import { must, type Target } from './target.ts'
import { type Invocation, invoke } from './worker-in-process.ts'

/**
 * The JSON texts of one person's events, and Kustomer's answers, the last one again where they do not suffice. `right` is
 * the answer that fits the request; then `customer` are the attributes of the customer, or there is none.
 */
interface WorkerCase {
  events: string[]
  answers: ('right' | Answer)[]
  customer: unknown
}

/** Requests for one event: an upsert looks up, reads, writes and resolves a conflict a few times. */
const mostRequests = 20

/** A batch of the worker with hostile events and answers. */
export const worker: Target<WorkerCase> = {
  name: 'worker',
  sentence:
    'Whatever the events and the answers, each message has one end, only documented calls are made, and nothing leaks.',
  cases: fc.record({
    events: fc.array(fc.oneof({ weight: 3, arbitrary: plausibleEventText }, hostileEventText), {
      ...{ minLength: 1, maxLength: 4 },
    }),
    answers: fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant('right' as const) }, hostileAnswer), {
      ...{ minLength: 1, maxLength: 8 },
    }),
    customer: fc.option(hostileAttributes),
  }),
  async check({ events, answers, customer }) {
    if (events.some(mayBeTooDeep)) return
    const records = events.map((event, index) => messageOf(envelopeOf(event, index), `q-${index}`))
    let next = 0
    const invocation = await invoke(records, ({ kind }) => {
      const answer = answers[Math.min(next++, answers.length - 1)] ?? 'right'
      const { status, headers, text } = answer === 'right' ? rightAnswer(kind, customer) : answer
      return { kind: 'answer', status, headers, ...readAnswerBody(text, status, headers) }
    })
    hasOneEndEach(records, invocation)
    must(
      invocation.requests.length <= mostRequests * events.length,
      'an event makes a bounded number of requests',
    )
    for (const { endpoint } of invocation.requests) isDocumented(endpoint)
    for (const { MessageAttributes } of invocation.deadLetters) areAttributes(MessageAttributes)
    holdsNoMark(invocation.written, 'logs and metrics')
    must(
      !invocation.written.some(line => JSON.stringify(line).includes('Error')),
      'nothing fails',
      invocation.written,
    )
    holdsNoMark(withoutCustomerIds(invocation), 'person records')
    builtinsAreUnchanged()
  },
}

function rightAnswer(kind: Endpoint['kind'], attributes: unknown): Answer {
  const data = { type: 'customer', id: '58210c3db0f09110006b7953', attributes: attributes ?? {} }
  const tracked = { relationships: { customer: { data } } }
  if (kind === 'record') return { status: 201, headers: {}, text: toText({ data: tracked }) }
  if (kind === 'create') return { status: 201, headers: {}, text: toText({ data }) }
  const isFound = attributes !== null || kind === 'update'
  return isFound
    ? { status: 200, headers: {}, text: toText({ data }) }
    : { status: 404, headers: {}, text: '{"errors":[]}' }
}

function envelopeOf(event: string, index: number): string {
  return `{"version":1,"id":"m-${index}","receivedAt":"2026-01-05T08:00:00.000Z","event":${event}}`
}

/** A message is retried, dead-lettered, or done; a dead letter keeps its body. */
function hasOneEndEach(records: SQSRecord[], { response, deadLetters }: Invocation): void {
  const retried = response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
  must(new Set(retried).size === retried.length, 'a message is retried once', retried)
  const dead = deadLetters.map(
    ({ MessageBody }) => records.find(({ body }) => body === MessageBody)?.messageId,
  )
  must(!dead.includes(undefined), 'a dead letter has the body of its message', dead)
  must(
    !dead.some(id => id !== undefined && retried.includes(id)),
    'a message is retried or dead-lettered',
    dead,
  )
}

function isDocumented({ url, kind, template }: Endpoint): void {
  const { origin, hostname, pathname, search } = new URL(url)
  must(
    origin === defaultSettings.baseEndpoint && hostname.endsWith(kustomersDomain),
    'the host is that of the settings',
    url,
  )
  const isQuery = search === (kind === 'update' ? '?replace=false' : '')
  const isPath = /^\/v1\/(customers(\/[^/]+)?|tracking\/identityEvent)$/.test(pathname)
  must(isQuery && isPath && !/\/\.{1,2}$/.test(pathname), 'the path and the query are documented ones', url)
  must(/^\/v1\/(customers|tracking)[\w/={}]*$/.test(template), 'a template holds no id', template)
}

/** Kustomer's ids are kept, since the relay needs them; everything else of a record is its own. */
function withoutCustomerIds({ items }: Invocation): unknown[] {
  return [...items.values()].map(({ customerId: _, ...rest }) => rest)
}
