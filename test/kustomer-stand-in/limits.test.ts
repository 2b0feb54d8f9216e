import { describe, expect, test } from 'vitest'
import { slidingWindow } from '../../tools/kustomer-stand-in/window.ts'
import { kustomer } from './ask.ts'

const start = Date.UTC(2026, 0, 1)
const event = (externalId: string) => ({ identity: { externalId }, event: { name: 'Ab' } })
const track = '/v1/tracking/identityEvent'

function clock() {
  const at = { ms: start }
  return {
    now: () => at.ms,
    setTo: (seconds: number) => {
      at.ms = start + seconds * 1000
    },
  }
}

describe('the organisation’s limit', () => {
  test('is a sliding window: 429 with 0 remaining and the second at which a place is free', async () => {
    const { now, setTo } = clock()
    const { standIn, ask } = kustomer({ requestsPerMinute: 2, now })
    const status = async () => {
      const { status, headers } = await ask('GET', '/v1/users/current')
      return [status, headers.get('x-ratelimit-remaining'), headers.get('x-ratelimit-reset')]
    }
    expect(await status()).toEqual([200, '1', null])
    setTo(30)
    expect(await status()).toEqual([200, '0', null])
    setTo(59.9)
    expect(await status()).toEqual([429, '0', String(start / 1000 + 60)])
    setTo(60)
    expect(await status()).toEqual([200, '0', null])
    expect(await status()).toEqual([429, '0', String(start / 1000 + 90)])
    setTo(90)
    expect(await status()).toEqual([200, '0', null])
    expect(standIn.requests.map(({ at }) => (at - start) / 1000)).toEqual([0, 30, 59.9, 60, 60, 90])
  })

  test('counts neither a wrong key nor its own refusals, and sends retry-after only if it is switched on', async () => {
    const { now } = clock()
    for (const retryAfter of [false, true]) {
      const { ask } = kustomer({ requestsPerMinute: 1, retryAfter, now })
      await ask('GET', '/v1/users/current', undefined, { authorization: 'Bearer x' })
      expect((await ask('GET', '/v1/users/current')).status).toBe(200)
      const { status, headers } = await ask('GET', '/v1/users/current')
      expect([status, headers.get('retry-after')]).toEqual([429, retryAfter ? '60' : null])
    }
  })

  test('is reached by a fault, for all requests, until the reset', async () => {
    const { now, setTo } = clock()
    const { standIn, ask } = kustomer({ now })
    standIn.fault({ when: { externalId: 'u' }, do: { kind: 'throttle', forSeconds: 5 } })
    for (const externalId of ['u', 'other']) {
      const { status, headers } = await ask('POST', track, event(externalId))
      expect([status, headers.get('x-ratelimit-remaining')]).toEqual([429, '0'])
      expect(headers.get('x-ratelimit-reset')).toBe(String(start / 1000 + 5))
    }
    setTo(5)
    expect((await ask('POST', track, event('u'))).status).toBe(201)
  })
})

describe('a customer’s limit', () => {
  test('refuses updates and events of that customer only, with requests remaining', async () => {
    const { now, setTo } = clock()
    const { standIn, ask } = kustomer({ customerWritesPerMinute: 2, now })
    const { id } = standIn.addCustomer({ externalId: 'u' })
    const statuses = async () => [
      (await ask('PUT', `/v1/customers/${id}`, { name: 'N' })).status,
      (await ask('POST', track, event('u'))).status,
    ]
    expect(await statuses()).toEqual([200, 201])
    expect(await statuses()).toEqual([429, 429])
    const { status, headers } = await ask('PUT', `/v1/customers/${id}`, {})
    expect([status, headers.has('x-ratelimit-reset')]).toEqual([429, false])
    expect(Number(headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0)
    expect((await ask('GET', `/v1/customers/${id}`)).status).toBe(200)
    expect((await ask('POST', track, event('other'))).status).toBe(201)
    setTo(60)
    expect(await statuses()).toEqual([200, 201])
  })

  test('is 120 per minute', async () => {
    const { now } = clock()
    const { standIn, ask } = kustomer({ now })
    const { id } = standIn.addCustomer({})
    for (let i = 0; i < 120; i += 1) expect((await ask('PUT', `/v1/customers/${id}`, {})).status).toBe(200)
    expect((await ask('PUT', `/v1/customers/${id}`, {})).status).toBe(429)
  })

  test('a fault throttles one person, by id and by external id, for so many seconds', async () => {
    const { now, setTo } = clock()
    const { standIn, ask } = kustomer({ now, retryAfter: true })
    const { id } = standIn.addCustomer({ externalId: 'u' })
    standIn.fault({ when: { kind: 'record' }, do: { kind: 'throttleCustomer', forSeconds: 10 } })
    const first = await ask('POST', track, event('u'))
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '10'])
    expect((await ask('PUT', `/v1/customers/${id}`, {})).status).toBe(429)
    expect((await ask('GET', '/v1/customers/externalId=u')).status).toBe(429)
    expect((await ask('POST', track, event('other'))).status).toBe(201)
    setTo(10)
    expect((await ask('POST', track, event('u'))).status).toBe(201)
  })
})

test('a window never lets more than its limit through in any 60 s', () => {
  const window = slidingWindow(100)
  const taken: number[] = []
  for (let i = 0, now = 0; i < 40_000; i += 1) {
    now += (i * 7919) % 613
    if (window.take(now)) taken.push(now)
  }
  expect(taken.length).toBeGreaterThan(10_000)
  for (const [i, at] of taken.entries())
    expect((taken[i + 100] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(60_000)
})
