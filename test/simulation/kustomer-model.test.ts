import { expect, test } from 'vitest'
import { endpoints } from '../../lib/kustomer/endpoints.ts'
import type { FaultChances, FaultName } from '../../tools/simulation/kustomer-faults.ts'
import { createKustomerModel } from '../../tools/simulation/kustomer-model.ts'
import { createRandom } from '../../tools/simulation/random.ts'
import { createTrace } from '../../tools/simulation/trace.ts'
import { createVirtualClock, simulationStartMs } from '../../tools/simulation/virtual-clock.ts'

const at = endpoints('https://api.kustomerapp.com')
const event = (mark: string) => ({ identity: { externalId: 'u1' }, event: { name: 'Seen', meta: { mark } } })

function model(chances: FaultChances = {}) {
  const clock = createVirtualClock()
  const random = createRandom(1)
  const kustomer = createKustomerModel({ clock, random, trace: createTrace(), chancesFor: () => chances })
  const transport = kustomer.transport('worker-1', 1)
  const send = async (endpoint: Parameters<typeof transport.send>[0], body?: object, timeoutMs = 8_000) => {
    const reply = transport.send(endpoint, 'local-key', body, timeoutMs)
    let settled: Awaited<typeof reply> | undefined
    void reply.then(value => {
      settled = value
    })
    await clock.runUntil(clock.now() + 60_000)
    return settled
  }
  return { clock, kustomer, transport, send, sent: () => kustomer.calls.at(-1) }
}

test('a request is handled by the rules of the stand-in, after the way there and back', async () => {
  const { kustomer, send, sent } = model()
  const created = await send(at.createCustomer(), { externalId: 'u1', custom: { m1Str: 'seen' } })
  expect(created).toMatchObject({ kind: 'answer', status: 201, headers: { 'x-ratelimit-limit': '1000000' } })
  expect(sent()).toMatchObject({
    kind: 'create',
    externalIds: ['u1'],
    marks: ['m1'],
    isApplied: true,
    isSuccess: true,
  })
  expect(sent()?.repliedAt).toBeGreaterThan(simulationStartMs)
  expect(await send(at.findCustomer({ role: 'user', value: 'nobody' }))).toMatchObject({ status: 404 })
  expect(await send(at.createCustomer(), { externalId: 'u1' })).toMatchObject({ status: 409 })
  expect(kustomer.changes.map(({ kind, before }) => [kind, before])).toEqual([['create', undefined]])
})

test('an update keeps what was there before and after it', async () => {
  const { kustomer, send } = model()
  await send(at.createCustomer(), { externalId: 'u1', name: 'a' })
  const id = kustomer.changes[0]?.customerId ?? ''
  await send(at.updateCustomer(id), { name: 'b' })
  const { before, after, body } = kustomer.changes[1] ?? {}
  expect([before?.name, after?.name, body]).toEqual(['a', 'b', { name: 'b' }])
})

test('nothing is shared between the relay and Kustomer', async () => {
  const { kustomer, send } = model()
  const body = { externalId: 'u1', emails: [{ email: 'a@b.example' }] }
  await send(at.createCustomer(), body)
  body.emails.push({ email: 'c@d.example' })
  expect(kustomer.kustomer.store.customers()[0]?.attributes.emails).toHaveLength(1)
})

const faults: [FaultName, boolean, object][] = [
  ['hang', false, { kind: 'none', why: 'time-out', mayBeStored: true }],
  ['lost', true, { kind: 'none', why: 'time-out', mayBeStored: true }],
  ['late', true, { kind: 'none', why: 'time-out', mayBeStored: true }],
  ['broken', false, { kind: 'none', why: 'connection lost' }],
  ['brokenAfterWrite', true, { kind: 'none', why: 'connection lost' }],
  ['error', false, { kind: 'answer' }],
  ['gatewayTimeout', true, { status: 504, headers: { 'content-type': 'text/html' } }],
  ['page', false, { status: 200, isForeign: true, body: undefined }],
  ['cut', true, { status: 200, headers: { 'content-type': 'application/json' }, body: undefined }],
  ['redirect', false, { status: 302 }],
  ['upgrade', false, { kind: 'answer', status: 101 }],
  ['wrongHost', false, { kind: 'answer' }],
  ['throttled', false, { status: 429, headers: { 'x-ratelimit-remaining': '0' } }],
  ['throttledBare', false, { status: 429 }],
]

test.each(faults)('%s: carried out %s', async (name, isApplied, reply) => {
  const { kustomer, send, sent } = model({ [name]: 1 })
  const settled = await send(at.recordEvent(), event('m1'))
  expect(settled).toMatchObject(reply)
  expect(kustomer.kustomer.store.events()).toHaveLength(isApplied ? 1 : 0)
  expect(sent()).toMatchObject({ fault: name, isApplied, isSuccess: name === 'cut' })
})

test('what is late is carried out after the time-out, and within 3.5 s of it', async () => {
  const { send, sent } = model({ late: 1 })
  await send(at.recordEvent(), event('m1'), 5_000)
  const { arrivedAt = 0, sentAt = 0 } = sent() ?? {}
  expect(arrivedAt).toBeGreaterThan(sentAt + 5_000)
  expect(arrivedAt).toBeLessThanOrEqual(sentAt + 8_500)
})

test('a slow answer is seen by who waits long enough', async () => {
  const { send, sent } = model({ slow: 1 })
  expect(await send(at.recordEvent(), event('m1'), 20_000)).toMatchObject({ status: 201 })
  expect(sent()?.neededMs).toBeGreaterThanOrEqual(2_000)
  expect(await send(at.recordEvent(), event('m2'), 1_000)).toMatchObject({ why: 'time-out' })
  expect(sent()?.isApplied).toBe(true)
})

test('an unkind refusal quotes what was sent, and the key', async () => {
  const quoted = new Set<string>()
  const { send } = model({ rejected: 1 })
  for (let i = 0; i < 60; i++) {
    const reply = await send(at.createCustomer(), { externalId: 'u1', name: 'qzxAda' })
    for (const text of ['qzxAda', 'local-key']) if (JSON.stringify(reply).includes(text)) quoted.add(text)
  }
  expect([...quoted].sort()).toEqual(['local-key', 'qzxAda'])
})

test('whoever closes the transport hears no more of what is under way, which goes on', async () => {
  const { clock, kustomer, transport } = model()
  const reply = transport.send(at.recordEvent(), 'local-key', event('m1'), 8_000)
  transport.close()
  expect(await reply).toMatchObject({ kind: 'none', why: 'connection lost', mayBeStored: true })
  await clock.runUntil(clock.now() + 10_000)
  expect(kustomer.kustomer.store.events()).toHaveLength(1)
})

test('a look-up that finds somebody is told before its answer arrives', async () => {
  const { kustomer, send } = model()
  await send(at.createCustomer(), { externalId: 'u1' })
  const read: string[] = []
  kustomer.onRead(id => read.push(id))
  await send(at.findCustomer({ role: 'user', value: 'u1' }))
  await send(at.findCustomer({ role: 'user', value: 'u2' }))
  expect(read).toEqual([kustomer.changes[0]?.customerId])
})

test('an answer that was cut off never says that a refused write was stored', async () => {
  const { kustomer, send } = model({ cut: 1 })
  await send(at.createCustomer(), { externalId: 'u1' })
  expect(await send(at.createCustomer(), { externalId: 'u1' })).toMatchObject({
    status: 409,
    body: undefined,
  })
  expect(kustomer.kustomer.store.customers()).toHaveLength(1)
})
