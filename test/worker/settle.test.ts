import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import type { ParsedRecord } from '../../lib/worker/parse-record.ts'
import { work } from '../../lib/worker/process-batch.ts'
import { sqsRecord } from './records.ts'
import { settling } from './settling.ts'

const opened = (id: string, receives = 1, sentAtMs = Date.now()): ParsedRecord => ({
  record: sqsRecord(id, { type: 'track' }, { receives, sentAtMs }),
  plan: { kind: 'skip', why: 'x' },
  eventId: id,
  type: 'track',
  receivedAtMs: sentAtMs,
})
const rejected: Outcome = { kind: 'rejected', code: 'REJECTED', why: 'badparam', status: 400 }
const throttled: Outcome = { kind: 'throttled', status: 429, inSeconds: 30 }
const waiting: Outcome = { kind: 'unattempted', inSeconds: 7, why: 'x' }
const conflict: Outcome = { kind: 'conflict', status: 409, why: 'x' }

const anyOutcome = fc.constantFrom<Outcome>(
  ...[rejected, throttled, waiting, conflict],
  { kind: 'delivered' },
  { kind: 'skipped', why: 'x' },
  { kind: 'unavailable', why: 'x', mayBeStored: true },
  { kind: 'unauthorized', why: 'x', status: 401 },
  { kind: 'failed', why: 'x' },
)
const message = fc.record({
  outcome: anyOutcome,
  person: fc.nat(3),
  receives: fc.integer({ min: 1, max: 9 }),
  ageSeconds: fc.nat(9_000),
  isBuriable: fc.boolean(),
  isThrown: fc.boolean(),
})

test('every message comes to exactly one end, and nothing is done before it is safe', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 10 }), async messages => {
      const records = messages.map(({ person, receives, ageSeconds }, index) =>
        sqsRecord(
          String(index),
          { type: 'track', event: 'x' },
          { externalId: `u${person}`, receives, sentAtMs: Date.now() - ageSeconds * 1000 },
        ),
      )
      const { settle, deadLetters, delays } = settling(deadLetter =>
        Boolean(messages[Number(deadLetter.messageId)]?.isBuriable),
      )
      const delivered: string[] = []
      const { batchItemFailures } = await work(records, {
        settle,
        transform: () => ({
          kind: 'recordEvent',
          identity: { externalId: 'u' },
          event: { name: 'x' },
          notes: [],
        }),
        async deliver(_, { record }) {
          const { outcome, isThrown } = messages[Number(record.messageId.slice(4))] ?? { outcome: rejected }
          if (isThrown) throw new Error('a bug')
          if (outcome.kind === 'delivered' || outcome.kind === 'skipped') delivered.push(record.messageId)
          return outcome
        },
      })
      const retried = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
      const ends = [...retried, ...delivered, ...deadLetters.map(({ id }) => id)]
      expect(ends.toSorted()).toEqual(records.map(({ messageId }) => messageId).toSorted())
      expect(delays.map(({ receiptHandle }) => receiptHandle.replace('handle', 'sqs'))).toEqual(retried)
      expectOrder(messages, retried, delays)
    }),
  )
})

/** Behind a retry every later message of that person waits as long. */
function expectOrder(messages: { person: number }[], retried: string[], delays: { inSeconds: number }[]) {
  for (const person of new Set(messages.map(one => one.person))) {
    const own = messages.flatMap((one, index) => (one.person === person ? [`sqs-${index}`] : []))
    const first = own.findIndex(id => retried.includes(id))
    const later = first < 0 ? [] : own.slice(first)
    expect(later.every(id => retried.includes(id))).toBe(true)
    expect(new Set(later.map(id => delays[retried.indexOf(id)]?.inSeconds)).size).toBeLessThanOrEqual(1)
  }
}

describe('a dead letter', () => {
  test('carries the body as it came, the reason and where to find it', async () => {
    const { settle, deadLetters } = settling()
    const one = opened('m1', 3)
    await settle.applyDecision(one, rejected)
    expect(deadLetters).toEqual([
      {
        id: 'sqs-m1',
        deadLetter: expect.objectContaining({
          ...{ body: one.record.body, code: 'REJECTED', why: 'badparam', status: 400, attempts: 3 },
          ...{ eventType: 'track', messageId: 'm1', groupId: one.record.attributes.MessageGroupId },
        }),
      },
    ])
  })

  test.each([
    [{ baseSeconds: 5 }, 5],
    [{ baseSeconds: 1.5 }, 2],
    [{ baseSeconds: 60, maxSeconds: 10 }, 10],
  ])('that fails is a retry that SQS takes, at %j in %i s', async (own, inSeconds) => {
    const { settle, deadLetters, faults } = settling(() => false, own)
    expect(await settle.applyDecision(opened('m1'), rejected)).toEqual({ kind: 'retry', inSeconds })
    expect(deadLetters).toEqual([])
    expect(faults.length).toBe(1)
  })
})

describe('attempts', () => {
  test('leave out receives that were mere waits', async () => {
    const { settle, decided } = settling()
    for (const [receives, outcome] of [throttled, waiting, conflict, throttled, conflict, conflict].entries())
      await settle.applyDecision(opened('m1', receives + 1), outcome)
    expect(decided.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 2, 2, 3])
    expect((await settle.applyDecision(opened('m1', 7), conflict)).kind).toBe('deadLetter')
  })

  test('are at least one, also where SQS counts fewer receives than there were waits', async () => {
    const { settle, decided } = settling()
    for (const outcome of [throttled, waiting, conflict]) await settle.applyDecision(opened('m1', 1), outcome)
    expect(decided.map(({ attempts }) => attempts)).toEqual([1, 1, 1])
  })

  test('are counted for each message', async () => {
    const { settle } = settling()
    await settle.applyDecision(opened('m1', 1), throttled)
    expect((await settle.applyDecision(opened('m2', 4), conflict)).kind).toBe('deadLetter')
  })
})

test('the age counts from the message, not from ingest', async () => {
  const { settle } = settling()
  const down: Outcome = { kind: 'unavailable', why: 'x', mayBeStored: false }
  const replayed = { ...opened('m1'), receivedAtMs: Date.now() - 9_000_000 }
  expect((await settle.applyDecision(replayed, down)).kind).toBe('retry')
  expect((await settle.applyDecision(opened('m2', 1, Date.now() - 3_601_000), down)).kind).toBe('deadLetter')
})

test('a dead letter of a message that was replayed says how often', async () => {
  const { settle, deadLetters } = settling()
  const one = opened('a')
  const attribute = { stringValue: '2', dataType: 'String' }
  await settle.applyDecision(
    { ...one, record: { ...one.record, messageAttributes: { REPLAYS: attribute } } },
    rejected,
  )
  await settle.applyDecision(opened('b'), rejected)
  expect(deadLetters.map(({ deadLetter }) => deadLetter.replays)).toEqual([2, 0])
})
