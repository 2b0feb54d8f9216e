import { describe, expect, test } from 'vitest'
import type { FaultAction } from '../../tools/kustomer-stand-in/faults.ts'
import { kustomer } from './ask.ts'

const event = { identity: { externalId: 'u' }, event: { name: 'Ab' } }
const track = '/v1/tracking/identityEvent'

describe('a scripted fault', () => {
  test('applies only to a request that matches all its conditions', async () => {
    const { standIn, ask } = kustomer()
    const { id } = standIn.addCustomer({ externalId: 'u' })
    standIn.addCustomer({ externalId: 'other' })
    const fail = (status: number): FaultAction => ({ kind: 'status', status })
    standIn.fault({ when: { kind: 'update', externalId: 'u' }, do: fail(500) })
    standIn.fault({ when: { method: 'GET', externalId: 'u' }, do: fail(501) })
    standIn.fault({ when: { path: '/v1/users' }, do: fail(502) })
    standIn.fault({ when: { externalId: 'u', kind: 'record' }, do: fail(503) })
    const status = async (...request: Parameters<typeof ask>) => (await ask(...request)).status
    expect(await status('GET', '/v1/customers/externalId=other')).toBe(200)
    expect(await status('GET', '/v1/customers/externalId=u')).toBe(501)
    expect(await status('GET', '/v1/users/current')).toBe(502)
    expect(await status('POST', track, { ...event, identity: { externalId: 'other' } })).toBe(201)
    expect(await status('POST', track, event)).toBe(503)
    expect(await status('PUT', `/v1/customers/${id}`, { name: 'named by id only' })).toBe(500)
    expect(await status('PUT', `/v1/customers/${id}`, {})).toBe(200)
    expect(standIn.requests.at(-1)?.externalId).toBe('u')
  })

  test('applies so many times, the oldest first, until it is cleared', async () => {
    const { standIn, ask } = kustomer()
    standIn.fault({ times: 2, do: { kind: 'status', status: 500 } })
    standIn.fault({ times: Number.POSITIVE_INFINITY, do: { kind: 'status', status: 503 } })
    const statuses = []
    for (let i = 0; i < 5; i += 1) statuses.push((await ask('GET', '/v1/users/current')).status)
    expect(statuses).toEqual([500, 500, 503, 503, 503])
    standIn.clearFaults()
    expect((await ask('GET', '/v1/users/current')).status).toBe(200)
  })

  test('applies only to a request that would be served: a wrong key does not use it up', async () => {
    const { standIn, ask } = kustomer()
    standIn.fault({ do: { kind: 'status', status: 500 } })
    expect((await ask('GET', '/v1/users/current', undefined, { authorization: 'Bearer x' })).status).toBe(401)
    expect((await ask('GET', '/v1/users/current')).status).toBe(500)
  })

  test('that is invalid is refused at once', async () => {
    const { standIn } = kustomer()
    for (const fault of [
      {},
      { do: { kind: 'explode' } },
      { do: { kind: 'status' } },
      { when: { who: 'u' }, do: { kind: 'slow', ms: 1 } },
    ]) {
      expect(() => standIn.fault(fault as never)).toThrow()
    }
  })
})

test('a header asks for a fault on its own request, before the script', async () => {
  const { standIn, ask } = kustomer()
  standIn.fault({ do: { kind: 'status', status: 500 } })
  const header = (value: string) => ask('GET', '/v1/users/current', undefined, { 'x-stand-in-fault': value })
  expect((await header('{"kind":"status","status":503}')).status).toBe(503)
  expect((await header('{"kind":')).status).toBe(400)
  expect((await header('{"kind":"status","status":503,"headers":{"a b":"c"}}')).status).toBe(500)
  expect((await ask('GET', '/v1/users/current')).body?.errors[0]?.code).toBe('scripted')
})
