import { describe, expect, test } from 'vitest'
import { requestLog } from '../../tools/kustomer-stand-in/request-log.ts'
import type { RequestRecord } from '../../tools/kustomer-stand-in/types.ts'
import { kustomer } from './ask.ts'

describe('without a key', () => {
  test('state and requests can be read, and neither is logged or counted', async () => {
    const { standIn, ask } = kustomer({ requestsPerMinute: 2 })
    standIn.apiKey = 'another'
    await ask('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'u' }, event: { name: 'Ab' } })
    await ask('GET', '/v1/users/current')
    const read = async (path: string) => {
      const { status, body } = await ask('GET', `/stand-in/${path}`, undefined, { authorization: '' })
      return [status, body]
    }
    expect(await read('state')).toEqual([200, { customers: standIn.customers() }])
    expect(standIn.customers()[0]?.events).toHaveLength(1)
    expect(await read('requests')).toEqual([200, { requests: standIn.requests }])
    expect(await read('requests?last=1')).toEqual([200, { requests: standIn.requests.slice(1) }])
    expect((await read('nothing'))[0]).toBe(404)
    expect(standIn.requests).toHaveLength(2)
  })

  test('faults are scripted and cleared; null times is for ever', async () => {
    const { ask } = kustomer()
    const status = async () => (await ask('GET', '/v1/users/current')).status
    const fault = { times: null, do: { kind: 'status', status: 503 } }
    expect((await ask('POST', '/stand-in/faults', fault)).status).toBe(200)
    expect([await status(), await status()]).toEqual([503, 503])
    expect((await ask('DELETE', '/stand-in/faults')).status).toBe(200)
    expect(await status()).toBe(200)
    for (const wrong of [{}, [], '{', { do: { kind: 'status', status: 99 } }]) {
      expect((await ask('POST', '/stand-in/faults', wrong)).status).toBe(400)
    }
  })

  test('the key is rotated', async () => {
    const { standIn, ask } = kustomer()
    const old = { authorization: `Bearer ${standIn.apiKey}` }
    expect((await ask('POST', '/stand-in/key', { apiKey: '' })).status).toBe(400)
    expect((await ask('POST', '/stand-in/key', { apiKey: 'new' })).status).toBe(200)
    expect(standIn.apiKey).toBe('new')
    expect((await ask('GET', '/v1/users/current', undefined, old)).status).toBe(401)
    expect((await ask('GET', '/v1/users/current')).status).toBe(200)
  })

  test('a reset keeps only the key, and no id is used twice', async () => {
    const { standIn, ask } = kustomer({ requestsPerMinute: 1 })
    standIn.apiKey = 'new'
    const { id } = standIn.addCustomer({ externalId: 'u' })
    standIn.fault({ do: { kind: 'throttle', forSeconds: 60 } })
    expect((await ask('GET', `/v1/customers/${id}`)).status).toBe(429)
    expect((await ask('POST', '/stand-in/reset')).status).toBe(200)
    expect([standIn.customers(), standIn.events(), standIn.requests]).toEqual([[], [], []])
    expect(standIn.addCustomer({ externalId: 'u' }).id).not.toBe(id)
    expect((await ask('GET', `/v1/customers/${id}`)).status).toBe(404)
  })
})

test('a customer can be added only if Kustomer would accept it', async () => {
  const { standIn } = kustomer()
  standIn.addCustomer({ externalId: 'u' })
  expect(() => standIn.addCustomer({ externalId: 'u' })).toThrow('duplicate')
  expect(() => standIn.addCustomer({ nothing: 'u' })).toThrow('Additional properties')
})

test('the result of customers() is not changed by later requests', async () => {
  const { standIn, ask } = kustomer()
  const { id } = standIn.addCustomer({ externalId: 'u', name: 'before' })
  const [customer] = standIn.customers()
  await ask('PUT', `/v1/customers/${id}`, { name: 'after' })
  await ask('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'u' }, event: { name: 'Ab' } })
  expect(customer).toMatchObject({ attributes: { name: 'before' }, events: [] })
})

describe('the log of requests', () => {
  const record = (at: number): RequestRecord => ({
    ...{ at, method: 'GET', path: '/', status: 200, kind: 'other', applied: false },
    body: 'x',
  })

  test('keeps the last 200,000 in the same array', () => {
    const log = requestLog()
    const { records } = log
    for (let i = 0; i < 230_000; i += 1) log.add(record(i), 1)
    expect(records.length).toBeGreaterThanOrEqual(200_000)
    expect(records.length).toBeLessThanOrEqual(220_000)
    expect(records.at(-1)?.at).toBe(229_999)
    expect(records[0]?.at).toBe(230_000 - records.length)
  })

  test('drops the oldest bodies above 64 MB', () => {
    const log = requestLog()
    for (let i = 0; i < 700; i += 1) log.add(record(i), 100_000)
    expect(log.records).toHaveLength(700)
    expect(log.records.filter(({ body }) => body !== undefined).map(({ at }) => at)).toEqual(
      Array.from({ length: 640 }, (_, i) => i + 60),
    )
  })
})
