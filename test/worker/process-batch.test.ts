import { describe, expect, test } from 'vitest'
import { http } from '../../lib/policy.ts'
import { transform } from '../../lib/transform/index.ts'
import { work } from '../../lib/worker/process-batch.ts'
import { container, identify } from '../delivery/delivering.ts'
import { batch, identifies, namesOf, tracks } from './batches.ts'
import { sqsRecord } from './records.ts'
import { settling } from './settling.ts'

/** What Kustomer refuses with a 400: an attribute of `custom` that the org has not declared. */
const poison = { customObject: { undeclaredStr: 'x' } }
const strict = { declaredCustom: ['planStr'] }

describe('one person', () => {
  test('is served in order while others are served beside', async () => {
    const one = container({ latencyMs: 2 })
    const [a, b] = [tracks('a', 'One', 'Two', 'Three', 'Four'), tracks('b', 'Five', 'Six')]
    const mixed = [a[0], b[0], a[1], a[2], b[1], a[3]].filter(record => record !== undefined)
    expect(await batch(one, mixed)).toMatchObject({ retried: [], deadLettered: [] })
    expect(namesOf(one, 'a')).toEqual(['One', 'Two', 'Three', 'Four'])
    expect(namesOf(one, 'b')).toEqual(['Five', 'Six'])
  })

  test('waits behind a retry with its delay, and nobody else does', async () => {
    const one = container()
    one.standIn.fault({
      when: { kind: 'record', externalId: 'a' },
      do: { kind: 'status', status: 429, headers: { 'x-ratelimit-remaining': '3', 'retry-after': '33' } },
    })
    const records = [...tracks('a', 'One', 'Two', 'Three'), ...tracks('b', 'Four', 'Five')]
    expect(await batch(one, records)).toMatchObject({
      retried: ['sqs-a-One', 'sqs-a-Two', 'sqs-a-Three'],
      delays: [33, 33, 33],
      deadLettered: [],
    })
    expect(namesOf(one, 'b')).toEqual(['Four', 'Five'])
    expect(one.requests().length).toBe(3)
  })

  test('with poison in the middle loses only that', async () => {
    const one = container(strict)
    const [before, , after] = tracks('a', 'Before', '', 'After')
    const [bad] = identifies('a', poison)
    const result = await batch(
      one,
      [before, bad, after].filter(record => record !== undefined),
    )
    expect(result).toMatchObject({ retried: [], deadLettered: ['sqs-a-0'] })
    expect(result.deadLetters[0]?.deadLetter).toMatchObject({ code: 'REJECTED', status: 400 })
    expect(namesOf(one, 'a')).toEqual(['Before', 'After'])
  })

  test.each([
    ['no envelope', 'not an envelope', 'UNREADABLE'],
    ['no event', '{"version":1,"id":"m","receivedAt":"x","event":5}', 'NOT_AN_EVENT'],
    [
      'an event of nobody',
      `{"version":1,"id":"m","receivedAt":"x","event":{"type":"track","event":"x"}}`,
      'MISSING_IDENTITY',
    ],
  ])('with %s in the middle loses only that', async (_, body, code) => {
    const one = container()
    const [before, after] = tracks('a', 'Before', 'After')
    const bad = sqsRecord('bad', {}, { externalId: 'a', body })
    const result = await batch(
      one,
      [before, bad, after].filter(record => record !== undefined),
    )
    expect(result).toMatchObject({ retried: [], deadLettered: ['sqs-bad'] })
    expect(result.deadLetters[0]?.deadLetter).toMatchObject({ code, body })
    expect(namesOf(one, 'a')).toEqual(['Before', 'After'])
  })
})

test('poison among ten people is dead-lettered alone', async () => {
  const one = container(strict)
  const records = Array.from({ length: 10 }, (_, index) =>
    sqsRecord(`${index}`, identify(`u${index}`, index === 4 ? poison : { name: `N${index}` }), {
      externalId: `u${index}`,
    }),
  )
  expect(await batch(one, records)).toMatchObject({ retried: [], deadLettered: ['sqs-4'] })
  expect(one.standIn.customers().map(({ attributes }) => attributes.externalId)).not.toContain('u4')
  expect(one.standIn.customers().length).toBe(9)
})

describe('the end of the time', () => {
  test('hands everything back to be tried again, without a request', async () => {
    const one = container()
    const records = [...tracks('a', 'One', 'Two'), ...tracks('b', 'Three')]
    const result = await batch(one, records, 5_000)
    expect(result.retried.toSorted()).toEqual(['sqs-a-One', 'sqs-a-Two', 'sqs-b-Three'])
    expect(result.delays).toEqual([1, 1, 1])
    expect(one.requests()).toEqual([])
  })

  test('in the middle of a batch hands back what was not begun', async () => {
    const one = container()
    one.standIn.fault({ do: { kind: 'slow', ms: 400 } })
    const result = await batch(one, tracks('a', 'One', 'Two', 'Three'), http.reserveMs + 300)
    expect(result.retried).toEqual(['sqs-a-Two', 'sqs-a-Three'])
    expect(namesOf(one, 'a')).toEqual(['One'])
  })
})

test('a 429 of the organisation holds everybody, and dead-letters nobody', async () => {
  const one = container({ retryAfter: true })
  one.standIn.fault({ do: { kind: 'throttle', forSeconds: 120 } })
  const records = ['a', 'b', 'c'].flatMap(id => tracks(id, 'One', 'Two'))
  const result = await batch(one, records)
  expect(result.deadLettered).toEqual([])
  expect(result.retried.length).toBe(6)
  expect(result.delays.every(seconds => seconds > 100 && seconds <= 121)).toBe(true)
})

test('a merged write that is in conflict is asked for message by message', async () => {
  const { settle, decided } = settling()
  const written: unknown[] = []
  const records = identifies('a', { name: 'First' }, { name: 'Second' })
  const { batchItemFailures } = await work(records, {
    settle,
    transform,
    async deliver(call) {
      written.push(call.kind === 'upsertCustomer' && call.customer.name)
      return written.length === 1 ? { kind: 'conflict', status: 409, why: 'x' } : { kind: 'delivered' }
    },
  })
  expect(written).toEqual(['Second', 'First', 'Second'])
  expect(batchItemFailures).toEqual([])
  expect(decided.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered'])
})

test('a bug of ours is tried again and does not harm the neighbours', async () => {
  const { settle, decided } = settling()
  const records = [...tracks('a', 'One'), ...tracks('b', 'Two')]
  const { batchItemFailures } = await work(records, {
    settle,
    transform,
    async deliver(call) {
      if (call.kind === 'recordEvent' && call.identity.externalId === 'a')
        throw new TypeError('ada@example.com is not a function')
      return { kind: 'delivered' }
    },
  })
  expect(batchItemFailures).toEqual([{ itemIdentifier: 'sqs-a-One' }])
  expect(decided.map(({ outcome }) => outcome).toSorted()).toEqual(['delivered', 'failed'])
})
