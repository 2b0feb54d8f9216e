import { expect, onTestFinished, test, vi } from 'vitest'
import { defaultSettings } from '../../lib/policy.ts'
import { sealEnvelope } from '../../lib/queue/envelope.ts'
import type { Queues } from '../../tools/dead-letters/queues.ts'
import { examineCustomNames } from '../../tools/doctor/custom-names.ts'
import { limitFinding } from '../../tools/doctor/limit-finding.ts'
import { isProbe } from '../../tools/doctor/probes.ts'
import { whyRefused } from '../../tools/doctor/why-refused.ts'

const event = { type: 'identify', userId: 'u', traits: { customObject: { plan: 'pro', seats: 4 } } }
const Body = sealEnvelope({ version: 1, id: 'm', receivedAt: '2026-11-26T00:00:00Z', event })

/** A dead-letter queue with one identify that has custom attributes. */
function queues(): Queues {
  const messages = [{ MessageId: 'letter', ReceiptHandle: 'handle', Body }]
  const send = async (command: { constructor: { name: string } }) =>
    command.constructor.name === 'ReceiveMessageCommand' ? { Messages: messages.splice(0) } : {}
  return { sqs: { send, destroy: () => undefined } as never, queueUrl: 'q', deadLetterQueueUrl: 'd' }
}

const examine = (metadata: Response) => {
  vi.stubGlobal('fetch', async () => metadata)
  onTestFinished(() => void vi.unstubAllGlobals())
  return examineCustomNames({ base: 'https://k.test', key: 'k' }, queues(), defaultSettings)
}

test('custom attributes that Kustomer does not declare are named', async () => {
  const properties = { planStr: { type: 'string' } }
  const found = await examine(Response.json({ data: { attributes: { properties } } }))
  expect(found).toMatchObject({ state: 'fault', message: 'not declared in Kustomer: seatsNum' })
})

test('declared custom attributes are fine, whether they are keys or names', async () => {
  const body = { data: [{ name: 'planStr' }, { seatsNum: {} }] }
  expect(await examine(Response.json(body))).toMatchObject({ state: 'fine' })
})

test('a key that may not read the metadata is no fault', async () => {
  const found = await examine(new Response('{}', { status: 403 }))
  expect(found).toMatchObject({
    state: 'unknown',
    message: "Kustomer's metadata cannot be read (Kustomer answered 403)",
  })
})

const local = { requestsPerMinute: 1_000 }
const stack = { requestsPerMinute: 1_000, stack: 'relay' }

test.each([
  ['1000', local, 'fine', 'Kustomer allows 1,000 requests a minute, and the relay is set to the same'],
  ['300', stack, 'fault', 'set to 1,000. It goes by the lower number. Set rate.requestsPerMinute to 300.'],
  ['300', local, 'fault', 'Set KUSTOMER_REQUESTS_PER_MINUTE to 300.'],
  ['2000', stack, 'fine', 'It could be faster, with rate.requestsPerMinute at 2000'],
  [undefined, local, 'unknown', 'Compare KUSTOMER_REQUESTS_PER_MINUTE with your plan.'],
  ['1000', { stack: 'relay' }, 'unknown', 'Deploy the current version.'],
] as const)('a told limit of %s with %j is %s: %s', (told, subject, state, words) => {
  const found = limitFinding(told, subject)
  expect([found.state, `${found.message}. ${found.toDo}`]).toEqual([state, expect.stringContaining(words)])
})

test.each([
  [401, { stack: 'relay' }, 'Put the right key into the secret, or set baseEndpoint'],
  [401, {}, 'Put the right key into KUSTOMER_API_KEY, or set KUSTOMER_BASE_URL'],
  [401, { isKustomerSimulated: true }, 'or use the KUSTOMER_API_KEY of npm start.'],
  [500, { isKustomerSimulated: true }, 'Press "All well again" in the view Kustomer (simulated).'],
  [307, { stack: 'relay' }, 'Set baseEndpoint to the host in its answer.'],
  [503, {}, 'Run the doctor again when Kustomer answers.'],
])('a %i of Kustomer for %j: %s', (status, subject, toDo) => {
  expect(whyRefused({ status, body: {} }, subject).toDo).toContain(toDo)
})

test.each([
  [true, 'POST', '/v1/tracking/identityEvent', {}],
  [true, 'PUT', '/v1/customers/000000000000000000000000?replace=false', { emails: 'not a list' }],
  [true, 'GET', '/v1/customers/externalId=kustomer-relay-doctor', undefined],
  [true, 'GET', '/v1/users/current', undefined],
  [false, 'POST', '/v1/tracking/identityEvent', { event: { name: 'Order' } }],
  [false, 'GET', '/v1/customers/externalId=ada', undefined],
])('%s: a request of the doctor is %s %s with %j', (isOne, method, path, body) => {
  expect(isProbe({ method, path, body })).toBe(isOne)
})
