import { describe, expect, test } from 'vitest'
import { sealEnvelope } from '../../lib/queue/envelope.ts'
import { transform } from '../../lib/transform/index.ts'
import { describeBug, parseRecord } from '../../lib/worker/parse-record.ts'
import { sqsRecord } from './records.ts'

const sentAtMs = 1_800_000_000_000
const open = (body: string, toCall = transform) =>
  parseRecord(sqsRecord('m1', {}, { body, sentAtMs }), toCall)
const sealed = (event: unknown, receivedAt = '2027-01-15T07:59:00.000Z') =>
  sealEnvelope({ version: 1, id: 'm1', receivedAt, event })
const track = { type: 'Track', userId: 'u1', event: ' Order Completed ' }

describe('an invalid message is rejected', () => {
  test.each([
    '',
    'x',
    'null',
    '7',
    '[]',
    '{}',
    '{"version":1,"id":"a"}',
    '{"version":1,"id":"a","event":{"type":"track"}}',
  ])('%j', body => {
    const { plan, receivedAtMs } = open(body)
    expect(plan).toEqual({
      kind: 'rejected',
      code: 'UNREADABLE',
      why: expect.stringContaining('The relay did not write this message.'),
    })
    expect(receivedAtMs).toBe(sentAtMs)
  })

  test.each([
    ['NOT_AN_EVENT', null],
    ['NOT_AN_EVENT', [track]],
    ['MISSING_TYPE', { userId: 'u1' }],
    ['MISSING_IDENTITY', { type: 'track', event: 'a' }],
    ['MISSING_EVENT_NAME', { type: 'track', userId: 'u1' }],
  ])('with the code %s', (code, event) => {
    expect(open(sealed(event)).plan).toMatchObject({ kind: 'rejected', code })
  })
})

test('a message of a newer version waits for a newer worker, and is never dead-lettered', () => {
  const { plan, receivedAtMs } = open('{"version":2,"id":"a","event":{}}')
  expect(plan).toMatchObject({ kind: 'unattempted', inSeconds: 900 })
  expect(receivedAtMs).toBe(sentAtMs)
})

test('a message has its event’s id, type, name and time', () => {
  expect(open(sealed(track))).toMatchObject({
    ...{ eventId: 'm1', type: 'track', name: 'Order Completed' },
    receivedAtMs: Date.UTC(2027, 0, 15, 7, 59),
    plan: { kind: 'recordEvent' },
  })
  expect(open(sealed(track, 'yesterday')).receivedAtMs).toBe(sentAtMs)
})

test.each([
  ['an identify', { type: 'identify', userId: 'u1', name: 'Ada', event: 'Ada' }, 'identify'],
  ['a page', { type: 'page', userId: 'u1', name: 'Ada' }, 'page'],
  ['a screen', { type: 'screen', userId: 'u1', event: 'Ada' }, 'screen'],
  ['an event of an unknown type', { type: 'Ada', userId: 'u1', event: 'Ada' }, undefined],
])('the name of %s is not reported, because it may be the name of a person', (_, event, type) => {
  const told = open(sealed(event))
  expect([told.type, told.name]).toEqual([type, undefined])
})

describe('an unexpected exception', () => {
  const bug = (message: string) => new RangeError(message)

  test('is "failed", reported with its name and location', () => {
    const { plan } = open(sealed(track), () => {
      throw bug('no room')
    })
    expect(plan).toMatchObject({ kind: 'failed' })
    expect(plan).toHaveProperty('why', expect.stringMatching(/^RangeError at .*parse-record\.test\.ts/))
  })

  test.each([
    'cannot look at ada@example.com',
    'at ada@example.com',
    'two lines\n    at ada@example.com (x:1:1)',
    '',
  ])('is reported without its message: %j', message => {
    expect(describeBug(bug(message))).toMatch(/^RangeError at .*parse-record\.test\.ts/)
  })

  test('without a stack has only its name, and a value that is not an Error has none', () => {
    const bare = bug('ada@example.com')
    delete bare.stack
    expect(describeBug(bare)).toBe('RangeError')
    expect(describeBug('ada@example.com')).toBe('a value that is not an Error was thrown')
  })

  test('is reported in at most 256 characters', () => {
    const long = bug('x')
    long.stack = `RangeError: x\n    at ${'f'.repeat(999)}`
    expect(describeBug(long)).toHaveLength(256)
  })
})
