import { describe, expect, test } from 'vitest'
import type { FaultAction } from '../../tools/kustomer-stand-in/faults.ts'
import { type Asked, kustomer } from './ask.ts'

const event = { identity: { externalId: 'u' }, event: { name: 'Ab' } }
const track = '/v1/tracking/identityEvent'

describe('a fault applies to one request, and the next is served', () => {
  const cases: [string, FaultAction, boolean, (answer: Asked) => void][] = [
    [
      'a status',
      { kind: 'status', status: 500 },
      false,
      ({ body }) => expect(body?.errors[0]?.code).toBe('scripted'),
    ],
    [
      'a status with body and headers',
      { kind: 'status', status: 418, body: { a: 1 }, headers: { 'retry-after': '7' } },
      false,
      ({ text, headers }) => expect([text, headers.get('retry-after')]).toEqual(['{"a":1}', '7']),
    ],
    [
      'a status of success',
      { kind: 'status', status: 200, body: {} },
      true,
      ({ text }) => expect(text).toBe('{}'),
    ],
    ['an empty success', { kind: 'status', status: 204 }, true, ({ text }) => expect(text).toBe('')],
    [
      'HTML',
      { kind: 'html', status: 502 },
      false,
      ({ text, headers }) => {
        expect(headers.get('content-type')).toBe('text/html')
        expect(text).toMatch(/^<html>/)
      },
    ],
    [
      'garbage',
      { kind: 'garbage', status: 200 },
      true,
      ({ text, body }) => expect([text[0], body]).toEqual(['{', undefined]),
    ],
    [
      'a redirect',
      { kind: 'redirect', to: 'http://127.0.0.1:1/' },
      false,
      ({ headers }) => expect(headers.get('location')).toBe('http://127.0.0.1:1/'),
    ],
    [
      'a slow answer',
      { kind: 'slow', ms: 1 },
      true,
      ({ body, delayMs }) => expect([body?.data.type, delayMs]).toEqual(['identity', 1]),
    ],
    [
      'one customer’s limit',
      { kind: 'throttleCustomer' },
      false,
      ({ headers }) => {
        expect(Number(headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0)
        expect(headers.has('x-ratelimit-reset')).toBe(false)
      },
    ],
  ]
  const statuses = [500, 418, 200, 204, 502, 200, 302, 201, 429]

  test.each(cases.map((row, i) => [...row, statuses[i]] as const))(
    '%s',
    async (_, action, applied, check, status) => {
      const { standIn, ask } = kustomer()
      standIn.fault({ do: action })
      const answer = await ask('POST', track, event)
      expect(answer.status).toBe(status)
      expect(answer.headers.get('x-ratelimit-limit')).toBe('1000000')
      check(answer)
      expect(standIn.requests[0]).toMatchObject({
        kind: 'record',
        status,
        applied,
        externalId: 'u',
        body: event,
      })
      expect(standIn.events()).toHaveLength(applied ? 1 : 0)
      expect((await ask('POST', track, event)).status).toBe(201)
    },
  )
})

test.each([
  ['nothing', 0],
  ['write', 1],
] as const)('a connection dropped after %s leaves %i events', async (after, count) => {
  const { standIn, ask } = kustomer()
  standIn.fault({ do: { kind: 'drop', after } })
  await expect(ask('POST', track, event)).rejects.toThrow('connection destroyed')
  expect(standIn.events()).toHaveLength(count)
  expect(standIn.requests).toMatchObject([{ status: 0, applied: count === 1 }])
})

test('a write that is refused is not applied, though the connection drops', async () => {
  const { standIn, ask } = kustomer()
  standIn.fault({ do: { kind: 'drop', after: 'write' } })
  await expect(ask('POST', '/v1/customers', { nothing: 1 })).rejects.toThrow('connection destroyed')
  expect(standIn.requests).toMatchObject([{ status: 0, applied: false }])
})
