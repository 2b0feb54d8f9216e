import { describe, expect, test } from 'vitest'
import type { FaultAction } from '../../tools/kustomer-stand-in/faults.ts'
import { container, identify, knownAs, track } from '../delivery/delivering.ts'
import { oneRequest } from './one-request.ts'

const email = 'ada@example.com'

describe('a key that is not refused is not fetched again', () => {
  test('after a success, or a look-up that finds no customer', async () => {
    const { deliver, key } = container()
    await deliver(identify('u1', { email }), track('u1'), identify('u1', { name: 'Ada' }))
    expect(key.renewals).toBe(0)
  })

  test.each<FaultAction>([
    { kind: 'status', status: 400 },
    { kind: 'status', status: 402 },
    { kind: 'status', status: 409 },
    { kind: 'status', status: 500 },
    { kind: 'throttle', forSeconds: 1 },
    { kind: 'drop', after: 'nothing' },
    { kind: 'redirect', to: 'http://127.0.0.1:1/' },
  ])('after %j', async action => {
    const { deliver, key, standIn } = container()
    standIn.fault({ do: action })
    await deliver(track('u1'))
    expect(key.renewals).toBe(0)
    expect(standIn.requests).toHaveLength(1)
  })
})

test('every request is reported with its duration, and one without an answer with the reason', async () => {
  const { calls, deliver, standIn } = container()
  standIn.fault({ when: { kind: 'record' }, do: { kind: 'drop', after: 'write' } })
  await deliver(track('u1'), identify('u1', { email }))
  const url = `${standIn.url}/v1/tracking/identityEvent`
  const [lost, found] = calls
  expect(lost).toMatchObject({ method: 'POST', url, status: undefined, error: 'connection lost' })
  expect(found).toMatchObject({
    method: 'GET',
    template: '/v1/customers/externalId={externalId}',
    status: 200,
  })
  expect(found).not.toHaveProperty('error')
  for (const { ms } of calls) {
    expect(ms).toBeGreaterThanOrEqual(0)
    expect(ms).toBeLessThan(60_000)
  }
})

describe('a known id', () => {
  test('with remembered addresses is updated without a read', async () => {
    const { deliver, requests, standIn } = container()
    await deliver(identify('u1', { email }))
    const [customer] = standIn.customers()
    requests()
    await deliver(identify('u1', { email, name: 'Ada' }, knownAs(customer?.id ?? '')))
    expect(requests()).toEqual(['PUT update'])
    expect(standIn.customers()[0]?.attributes).toMatchObject({ name: 'Ada', emails: [{ email }] })
  })

  test('of another customer than the remembered one does not use the remembered addresses', async () => {
    const { deliver, requests, standIn } = container()
    await deliver(identify('u1', { email }))
    standIn.reset()
    const { id } = standIn.addCustomer({ emails: [{ email: 'agent@example.com' }] })
    requests()
    await deliver(identify('u1', { email }, knownAs(id)))
    expect(standIn.requests.map(({ kind }) => kind)).toEqual(['read', 'update'])
    expect(standIn.customers()[0]?.attributes.emails).toMatchObject([
      { email: 'agent@example.com' },
      { email },
    ])
  })
})

describe('a 429', () => {
  test('of one customer does not delay the next request for another one', async () => {
    const { deliver, standIn, calls } = container()
    standIn.fault({ do: { kind: 'throttleCustomer', forSeconds: 60 } })
    expect(await deliver(track('u1'), track('u2'))).toMatchObject([
      { kind: 'throttled' },
      { kind: 'delivered' },
    ])
    expect(calls.map(({ status }) => status)).toEqual([429, 201])
    const [held, other] = standIn.requests
    expect((other?.at ?? 0) - (held?.at ?? 0)).toBeLessThan(1_000)
  })

  test('of the organisation delays all requests until its reset', async () => {
    const { deliver, standIn } = container()
    standIn.fault({ do: { kind: 'throttle', forSeconds: 30 } })
    expect(await deliver(track('u1'), track('u2'))).toMatchObject([
      { kind: 'throttled' },
      { kind: 'delivered' },
    ])
    const [held, other] = standIn.requests
    expect((other?.at ?? 0) - (held?.at ?? 0)).toBeGreaterThanOrEqual(29_000)
  })
})

describe('the rate limiter', () => {
  const answer = (status: number, remaining: string) =>
    ({ kind: 'answer', status, body: undefined, headers: { 'x-ratelimit-remaining': remaining } }) as const

  test.each([
    [200, '0'],
    [404, '7'],
    [500, '7'],
    [429, '7'],
  ])('uses the headers of a %i with %s remaining', async (status, remaining) => {
    const { observed, closedForSeconds } = await oneRequest('record', { reply: answer(status, remaining) })
    expect(observed).toEqual([{ 'x-ratelimit-remaining': remaining }])
    expect(closedForSeconds).toEqual([])
  })

  test('stops at a 429 of the organisation', async () => {
    const { observed, closedForSeconds } = await oneRequest('record', { reply: answer(429, '0') })
    expect({ observed, closedForSeconds }).toEqual({ observed: [], closedForSeconds: [5] })
  })

  test('uses no headers if there is no answer', async () => {
    expect(await oneRequest('record')).toMatchObject({ observed: [], closedForSeconds: [] })
  })
})
