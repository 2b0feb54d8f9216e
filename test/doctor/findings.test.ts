import { expect, onTestFinished, test, vi } from 'vitest'
import { defaultSettings } from '../../lib/policy.ts'
import { sealEnvelope } from '../../lib/queue/envelope.ts'
import type { Queues } from '../../tools/dead-letters/queues.ts'
import { examineCustomNames } from '../../tools/doctor/custom-names.ts'
import { isProbe } from '../../tools/doctor/probes.ts'

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
