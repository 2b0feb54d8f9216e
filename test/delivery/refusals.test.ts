import { describe, expect, test } from 'vitest'
import type { Fault } from '../../tools/kustomer-stand-in/faults.ts'
import { container, identify, track } from './delivering.ts'

const email = 'ada@example.com'
const idle = { kind: 'delivered' }

describe('a key that is refused', () => {
  test('is fetched again once, and the request is repeated', async () => {
    const { deliver, key, requests, standIn } = container()
    standIn.apiKey = 'rotated'
    key.inStore = 'rotated'
    expect(await deliver(track('u1'))).toMatchObject([idle])
    expect(requests()).toEqual(['POST record', 'POST record'])
    expect(key.renewals).toBe(1)
    expect(standIn.events().length).toBe(1)
  })

  test('and is unchanged in the store is fetched again once per invocation', async () => {
    const { invoke, key, requests, standIn } = container()
    standIn.apiKey = 'rotated'
    const outcomes = await invoke(one => Promise.all(['u1', 'u2', 'u3'].map(id => one(track(id)))))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unauthorized', 'unauthorized', 'unauthorized'])
    expect(key.renewals).toBe(1)
    expect(requests().length).toBe(3)
  })

  test.each([401, 402, 403])('is not a fault of the event: %i', async status => {
    const { deliver, standIn } = container()
    standIn.fault({ times: 9, do: { kind: 'status', status } })
    expect(await deliver(track('u1'), identify('u1'))).toMatchObject([
      { kind: 'unauthorized', status },
      { kind: 'unauthorized', status },
    ])
  })
})

describe('an error answer', () => {
  test.each<[Fault['do'], object]>([
    [
      { kind: 'status', status: 400 },
      { kind: 'rejected', code: 'REJECTED', status: 400 },
    ],
    [
      { kind: 'status', status: 404 },
      { kind: 'unauthorized', status: 404 },
    ],
    [
      { kind: 'status', status: 413 },
      { kind: 'rejected', status: 413 },
    ],
    [
      { kind: 'status', status: 422 },
      { kind: 'rejected', status: 422 },
    ],
    [
      { kind: 'status', status: 409 },
      { kind: 'conflict', status: 409 },
    ],
    [
      { kind: 'status', status: 408 },
      { kind: 'unavailable', status: 408, mayBeStored: false },
    ],
    [
      { kind: 'status', status: 500 },
      { kind: 'unavailable', status: 500, mayBeStored: false },
    ],
    [
      { kind: 'html', status: 502 },
      { kind: 'unavailable', status: 502, mayBeStored: true },
    ],
    [
      { kind: 'html', status: 504 },
      { kind: 'unavailable', status: 504, mayBeStored: true },
    ],
    [
      { kind: 'redirect', to: 'https://evil.example/' },
      { kind: 'unauthorized', status: expect.any(Number) },
    ],
    [
      { kind: 'throttle', forSeconds: 7 },
      { kind: 'throttled', status: 429, inSeconds: expect.any(Number) },
    ],
    [
      { kind: 'drop', after: 'nothing' },
      { kind: 'unavailable', why: 'the connection to Kustomer was lost', mayBeStored: true },
    ],
  ])('to a track, %j, is %j', async (action, outcome) => {
    const { deliver, requests, standIn } = container()
    standIn.fault({ do: action })
    expect(await deliver(track('u1'))).toEqual([expect.objectContaining(outcome)])
    expect(requests()).toEqual(['POST record'])
  })

  test('puts no value of the event into the outcome', async () => {
    const { deliver } = container()
    const [outcome] = await deliver(identify('u1', { email, customObject: { nope: 'secret value' } }))
    const [refused] = await deliver(track('u1', 'x', { 'bad key': 'secret value' }))
    expect(JSON.stringify([outcome, refused])).not.toMatch(/secret|ada@/)
  })
})

describe('an answer that was lost after the write', () => {
  test('means that a track may be stored twice, and reports it', async () => {
    const { deliver, standIn } = container()
    standIn.fault({ do: { kind: 'drop', after: 'write' } })
    expect(await deliver(track('u1'), track('u1'))).toMatchObject([
      { kind: 'unavailable', mayBeStored: true },
      idle,
    ])
    expect(standIn.events().length).toBe(2)
  })

  test('creates no second customer: a create is repeated as an update', async () => {
    const { deliver, standIn } = container()
    standIn.fault({ when: { kind: 'create' }, do: { kind: 'drop', after: 'write' } })
    expect(await deliver(identify('u1', { email }), identify('u1', { email }))).toMatchObject([
      { kind: 'unavailable', mayBeStored: true },
      idle,
    ])
    expect(standIn.customers()).toMatchObject([{ attributes: { externalId: 'u1', emails: [{ email }] } }])
  })

  test('is a success if it was cut off in the middle', async () => {
    const { deliver, standIn } = container()
    standIn.fault({ do: { kind: 'garbage', status: 201 } })
    expect(await deliver(track('u1'))).toMatchObject([idle])
    standIn.fault({ when: { kind: 'create' }, do: { kind: 'garbage', status: 201 } })
    expect(await deliver(identify('u2', { email }))).toMatchObject([idle])
  })

  test.each([200, 201])('means "may be stored" if it is the page of a gateway with a %i', async status => {
    const { deliver, standIn } = container()
    standIn.fault({ do: { kind: 'html', status } })
    standIn.fault({ when: { kind: 'create' }, do: { kind: 'html', status } })
    expect(await deliver(track('u1'), identify('u2', { email }))).toMatchObject([
      { kind: 'unavailable', status, mayBeStored: true },
      { kind: 'unavailable', status, mayBeStored: true },
    ])
  })
})

test('an invocation without time makes no request', async () => {
  const { invoke, requests } = container()
  const outcome = await invoke(one => one(track('u1')), 9_000)
  expect(outcome).toMatchObject({ kind: 'unattempted' })
  expect(requests()).toEqual([])
})
