import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RequestRecord } from '../../tools/kustomer-stand-in/types.ts'
import { quiet, startTestRelay, type TestRelay } from './relay-harness.ts'

const nasty: [name: string, text: string][] = [
  ['a path to another endpoint', 'x/../../users/current'],
  ['the same, percent-encoded', 'x%2f..%2f..%2fusers%2fcurrent'],
  ['dots', '..'],
  ['an e-mail with a plus', 'a+b@c.d'],
  ['a fragment', 'a#b'],
  ['a query', 'a?replace=true'],
  ['a header', 'a\r\nx-stand-in-fault: {}'],
  ['emoji', 'Zoë 👩‍👩‍👧 🧨'],
  ['10,000 characters', 'y'.repeat(10_000)],
  ['U+FFFE and U+FFFF', 'a\ufffeb\uffff'],
  ['half a surrogate pair', 'a\ud83d'],
  ['a NUL', 'a\u0000b'],
  ['__proto__', '__proto__'],
]

let one: TestRelay
let pids: (number | undefined)[]
beforeAll(async () => {
  one = await startTestRelay()
  pids = one.relay.pids()
})
afterAll(() => one.close())

/** Sends an event. Returns the answer of ingest and the requests that the event caused. */
async function through(event: object) {
  const before = one.standIn.requests.length
  const deadLetters = (await one.deadLetters()).length
  const { status, body } = await one.post(event)
  await quiet(one.relay)
  const requests = one.standIn.requests.slice(before)
  return { status, body, requests, deadLettered: (await one.deadLetters()).length - deadLetters }
}

/** Delivered, or refused with an error that has a path: at ingest, or in the dead-letter queue. */
function expectAnEnd({ status, body, requests, deadLettered }: Awaited<ReturnType<typeof through>>) {
  const isDelivered = requests.some(({ applied }) => applied)
  if (status === 400) expect(body).toMatchObject({ error: { code: expect.stringMatching(/^[A-Z_]+$/) } })
  else expect({ status, ends: Number(isDelivered) + deadLettered }).toEqual({ status: 202, ends: 1 })
  expect(requests.filter(isStrange)).toEqual([])
}

const known = new Set([
  'findByExternalId',
  'findByEmail',
  'findByPhone',
  'read',
  'create',
  'update',
  'record',
])

/** Whether an event caused a forbidden request: another endpoint, a changed query, or the path of another person. */
function isStrange({ kind, path }: RequestRecord): boolean {
  const isCustomer = /^\/v1\/customers(\/[^/?#]+)?(\?replace=false)?$/.test(path)
  return (
    !known.has(kind) ||
    /\/\.\.?(\/|\?|$)/.test(path) ||
    !(isCustomer || path === '/v1/tracking/identityEvent')
  )
}

describe.each(nasty)('%s', (_, text) => {
  test('as userId', async () => {
    expectAnEnd(await through({ type: 'track', userId: text, event: 'Order Completed' }))
    expectAnEnd(await through({ type: 'identify', userId: text, traits: { name: 'Ann' } }))
  })

  test('as kustomerId', async () => {
    const context = { externalId: [{ type: 'kustomerId', id: text }] }
    expectAnEnd(
      await through({ type: 'identify', userId: `k-${text.slice(0, 8)}`, context, traits: { name: 'A' } }),
    )
  })

  test('as every value and key', async () => {
    const traits = { name: text, email: text, phone: text, birthday: text, website: text, [text]: text }
    expectAnEnd(await through({ type: 'identify', userId: `v-${text.slice(0, 8)}`, traits }))
    const properties = JSON.parse(JSON.stringify({ revenue: text, url: text, list: [text], [text]: text }))
    expectAnEnd(await through({ type: 'track', userId: 'Val', event: text, properties }))
  })
})

test('200 levels of nesting are delivered or refused, 2,000 are refused', async () => {
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const track = (levels: number) =>
    `{"type":"track","userId":"Deep","event":"Nest","properties":${nested(levels)}}`
  expectAnEnd(await through(JSON.parse(track(200))))
  expect(await one.post(track(2_000))).toMatchObject({ status: 400, body: { error: { code: 'TOO_DEEP' } } })
})

test('a key __proto__ changes nothing', async () => {
  const text =
    '{"type":"track","userId":"Pro","event":"Own","__proto__":{"type":"x"},"properties":{"__proto__":{"a":1}}}'
  expectAnEnd(await through(JSON.parse(text)))
  const { body } = one.standIn.requests.findLast(({ kind }) => kind === 'record') ?? {}
  expect(body).toMatchObject({ identity: { externalId: 'Pro' }, event: { name: 'Own' } })
})

test('a forbidden request would be found', () => {
  const astray = [
    '/v1/users/current',
    '/v1/customers/a/b',
    '/v1/customers/a?replace=true',
    '/v1/customers/..',
  ]
  const record = { at: 0, method: 'GET', status: 200, applied: false, kind: 'read' } as const
  expect(astray.filter(path => isStrange({ ...record, path }))).toEqual(astray)
  expect(isStrange({ ...record, path: '/v1/customers/externalId=a%2Fb' })).toBe(false)
})

test('no process ended in these tests', () => {
  expect(one.relay.pids()).toEqual(pids)
})
