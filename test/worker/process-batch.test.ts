import { describe, expect, test } from 'vitest'
import { http } from '../../lib/policy.ts'
import { container, identify, track } from '../delivery/delivering.ts'
import { jumpingClock } from '../runtime/jumping-clock.ts'
import { batch, identifies, namesOf, peopleInMemory, tracks, workOn } from './batches.ts'
import { sqsRecord } from './records.ts'
import { settling } from './settling.ts'

/** An attribute of `custom` that the organisation has not declared. Kustomer refuses it with a 400. */
const poison = { customObject: { undeclaredStr: 'x' } }
const strict = { declaredCustom: ['planStr'] }

describe('one person', () => {
  test('is handled in order, in parallel with other people', async () => {
    const one = container({ latencyMs: 2 })
    const [a, b] = [tracks('a', 'One', 'Two', 'Three', 'Four'), tracks('b', 'Five', 'Six')]
    const mixed = [a[0], b[0], a[1], a[2], b[1], a[3]].filter(record => record !== undefined)
    expect(await batch(one, mixed)).toMatchObject({ retried: [], deadLettered: [] })
    expect(namesOf(one, 'a')).toEqual(['One', 'Two', 'Three', 'Four'])
    expect(namesOf(one, 'b')).toEqual(['Five', 'Six'])
  })

  test('waits behind a retry with its delay, and other people do not', async () => {
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

  test('with a bad event in the middle loses only this event', async () => {
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
    ['a body that is not an envelope', 'not an envelope', 'UNREADABLE'],
    ['a body without an event', '{"version":1,"id":"m","receivedAt":"x","event":5}', 'NOT_AN_EVENT'],
    [
      'an event without an id of a person',
      `{"version":1,"id":"m","receivedAt":"x","event":{"type":"track","event":"x"}}`,
      'MISSING_IDENTITY',
    ],
  ])('with %s in the middle loses only this message', async (_, body, code) => {
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

test('of the events of ten people only the bad one is dead-lettered', async () => {
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

describe('when the time is over', () => {
  test('all messages are retried, without a request', async () => {
    const one = container()
    const records = [...tracks('a', 'One', 'Two'), ...tracks('b', 'Three')]
    const result = await batch(one, records, 5_000)
    expect(result.retried.toSorted()).toEqual(['sqs-a-One', 'sqs-a-Two', 'sqs-b-Three'])
    expect(result.delays).toEqual([1, 1, 1])
    expect(one.requests()).toEqual([])
  })

  test('in the middle of a batch, the messages that were not started are retried', async () => {
    const one = container()
    one.standIn.fault({ do: { kind: 'slow', ms: 400 } })
    const result = await batch(one, tracks('a', 'One', 'Two', 'Three'), http.reserveMs + 300)
    expect(result.retried).toEqual(['sqs-a-Two', 'sqs-a-Three'])
    expect(namesOf(one, 'a')).toEqual(['One'])
  })
})

test('a 429 of the organisation delays all events, and dead-letters none', async () => {
  const one = container({ retryAfter: true })
  one.standIn.fault({ do: { kind: 'throttle', forSeconds: 120 } })
  const records = ['a', 'b', 'c'].flatMap(id => tracks(id, 'One', 'Two'))
  const result = await batch(one, records)
  expect(result.deadLettered).toEqual([])
  expect(result.retried.length).toBe(6)
  expect(result.delays.every(seconds => seconds > 100 && seconds <= 121)).toBe(true)
})

test('a merged write with a conflict is repeated message by message', async () => {
  const written: unknown[] = []
  const records = identifies('a', { name: 'First' }, { name: 'Second' })
  const { retried, decided } = await workOn(records, async call => {
    written.push(call.kind === 'upsertCustomer' && call.customer.name)
    return written.length === 1 ? { kind: 'conflict', status: 409, why: 'x' } : { kind: 'delivered' }
  })
  expect(written).toEqual(['Second', 'First', 'Second'])
  expect(retried).toEqual([])
  expect(decided.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered'])
})

test('a merged write has the time of its newest identify', async () => {
  const at = (id: string, timestamp: string) =>
    sqsRecord(id, { ...identify('a', { name: id }), timestamp }, { externalId: 'a' })
  const times: number[] = []
  await workOn(
    [at('1', '2026-11-01T00:00:00Z'), at('2', '2026-11-01T00:00:09Z')],
    async (_, { eventAtMs }) => {
      times.push(eventAtMs)
      return { kind: 'delivered' }
    },
  )
  expect(times).toEqual([Date.UTC(2026, 10, 1, 0, 0, 9)])
})

test('an event with an unexpected exception is retried and does not affect other events', async () => {
  const records = [...tracks('a', 'One'), ...tracks('b', 'Two')]
  const { retried, decided } = await workOn(records, async call => {
    if (call.kind === 'recordEvent' && call.identity.externalId === 'a')
      throw new TypeError('ada@example.com is not a function')
    return { kind: 'delivered' }
  })
  expect(retried).toEqual(['sqs-a-One'])
  expect(decided.map(({ outcome }) => outcome).toSorted()).toEqual(['delivered', 'failed'])
})

describe('a person whose calls are slow', () => {
  test('has five seconds, then its other messages are returned to the queue', async () => {
    const clock = jumpingClock()
    const records = tracks('a', 'One', 'Two', 'Three', 'Four')
    const slow = async () => {
      await clock.sleep(3_000)
      return { kind: 'delivered' } as const
    }
    expect(await workOn(records, slow, { clock })).toMatchObject({ retried: ['sqs-a-Three', 'sqs-a-Four'] })
  })

  test('does not delay others: their messages are deleted before the batch ends', async () => {
    const clock = jumpingClock()
    const settled = settling(undefined, {}, clock)
    const deletedThen: string[][] = []
    await workOn(
      [...tracks('a', 'One'), ...tracks('b', 'Two')],
      async (_, { record }) => {
        if (record.messageId.startsWith('sqs-a')) {
          await clock.sleep(4_000)
          deletedThen.push([...settled.deleted])
        }
        return { kind: 'delivered' }
      },
      { settled },
    )
    expect(deletedThen).toEqual([['handle-b-Two']])
  })
})

describe('a message that was received again and again without a decision', () => {
  const received = (id: string, receives: number) =>
    sqsRecord(id, track(id, 'Opened'), { externalId: id, receives })

  test('is processed after the others, which are settled by then', async () => {
    const settled = settling()
    const order: string[] = []
    await workOn(
      [received('bad', 4), received('good', 1)],
      async (_, { record }) => {
        order.push(record.messageId, ...settled.deleted)
        return { kind: 'delivered' }
      },
      { settled },
    )
    expect(order).toEqual(['sqs-good', 'sqs-bad', 'handle-good'])
  })

  test('is processed one at a time: the others of its kind are returned to the queue', async () => {
    const begun: string[] = []
    const result = await workOn([received('a', 4), received('b', 5)], async (_, { record }) => {
      begun.push(record.messageId)
      return { kind: 'delivered' }
    })
    expect({ begun, ...result }).toMatchObject({ begun: ['sqs-a'], retried: ['sqs-b'], deadLettered: [] })
  })

  test('is dead-lettered without processing after five receives, and not before', async () => {
    const { people } = peopleInMemory()
    const decidedAt: number[] = []
    for (let receives = 1; receives <= 6 && decidedAt.length === 0; receives++) {
      const killed = new Promise<never>(() => undefined)
      const begins = { reached: false }
      const working = workOn(
        [received('bad', receives)],
        () => {
          begins.reached = true
          return killed
        },
        { people },
      )
      const isReached = async () => {
        while (!begins.reached) await new Promise(setImmediate)
        return undefined
      }
      const result = await Promise.race([working, isReached()])
      if (result) decidedAt.push(receives)
    }
    expect(decidedAt).toEqual([6])
  })

  test('does not count if it got a decision meanwhile', async () => {
    const { people } = peopleInMemory()
    const record = received('a', 9)
    people.get(record.attributes.MessageGroupId ?? '').handedBack = [{ messageId: 'sqs-a', receives: 8 }]
    const order: string[] = []
    await workOn(
      [record, received('b', 1)],
      async (_, parsed) => {
        order.push(parsed.record.messageId)
        return { kind: 'delivered' }
      },
      { people },
    )
    expect(order).toEqual(['sqs-a', 'sqs-b'])
  })

  test('is processed once if it was returned before', async () => {
    const { people } = peopleInMemory()
    const record = received('a', 5)
    people.get(record.attributes.MessageGroupId ?? '').handedBack = [{ messageId: 'sqs-a', receives: 4 }]
    const { decided } = await workOn([record], async () => ({ kind: 'delivered' }), { people })
    expect(decided.map(({ outcome }) => outcome)).toEqual(['delivered'])
  })

  test('is not recognised without the person records', async () => {
    const order: string[] = []
    const { people } = peopleInMemory(false)
    const all = [received('a', 9), received('b', 9)]
    const result = await workOn(
      all,
      async (_, { record }) => {
        order.push(record.messageId)
        return { kind: 'delivered' }
      },
      { people },
    )
    expect({ order, ...result }).toMatchObject({ order: ['sqs-a', 'sqs-b'], retried: [] })
  })
})

describe('an event that is received again', () => {
  test('after it was delivered is skipped', async () => {
    const { people } = peopleInMemory()
    const calls: unknown[] = []
    const deliver = async (call: unknown) => {
      calls.push(call)
      return { kind: 'delivered' } as const
    }
    const sent = (id: string, name: string) => ({
      ...sqsRecord('same', { ...track('a', name), messageId: 'same' }, { externalId: 'a' }),
      messageId: id,
    })
    for (const id of ['1', '2']) await workOn([sent(id, 'Opened')], deliver, { people })
    await workOn([sent('3', 'Other')], deliver, { people })
    expect(calls.length).toBe(2)
  })

  test('after it was dead-lettered makes no second dead letter', async () => {
    const { people } = peopleInMemory()
    const settled = settling()
    const [record] = tracks('a', 'Opened')
    const refuse = async () => ({ kind: 'rejected', code: 'REJECTED', why: 'x' }) as const
    for (let i = 0; i < 2; i++) await workOn(record ? [record] : [], refuse, { people, settled })
    expect(settled.deadLetters.length).toBe(1)
  })
})

test('a person’s record is saved before the messages are acknowledged, and within two seconds of a delivery', async () => {
  const clock = jumpingClock()
  const { people, saves } = peopleInMemory()
  const settled = settling(undefined, {}, clock)
  const savedAtMs: number[] = []
  const startMs = clock.now()
  const save = people.save
  people.save = async groupId => {
    savedAtMs.push(clock.now() - startMs)
    expect(settled.deleted).toEqual([])
    return save(groupId)
  }
  await workOn(
    tracks('a', 'One', 'Two'),
    async () => {
      await clock.sleep(4_500)
      return { kind: 'delivered' }
    },
    { people, settled },
  )
  expect(savedAtMs[0]).toBe(6_500)
  expect(saves.length).toBeGreaterThanOrEqual(2)
})
