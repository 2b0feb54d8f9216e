import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import { emptyPerson } from '../../lib/people/person.ts'
import type { ParsedRecord } from '../../lib/worker/parse-record.ts'
import { jumpingClock } from '../runtime/jumping-clock.ts'
import { peopleInMemory, workOn } from './batches.ts'
import { sqsRecord } from './records.ts'
import { settling } from './settling.ts'

const opened = (id: string, receives = 1, sentAtMs = Date.now()): ParsedRecord => ({
  record: sqsRecord(id, { type: 'track' }, { receives, sentAtMs }),
  plan: { kind: 'skip', why: 'x' },
  eventId: id,
  type: 'track',
  receivedAtMs: sentAtMs,
  eventAtMs: sentAtMs,
  role: 'user',
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
  isTaken: fc.boolean(),
  isThrown: fc.boolean(),
})

test('every message has exactly one result, and none is acknowledged before it is safe', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 10 }), async messages => {
      const records = messages.map(({ person, receives, ageSeconds }, index) =>
        sqsRecord(
          String(index),
          { type: 'track', event: 'x' },
          { externalId: `u${person}`, receives, sentAtMs: Date.now() - ageSeconds * 1000 },
        ),
      )
      const settled = settling(deadLetter => Boolean(messages[Number(deadLetter.messageId)]?.isTaken))
      const delivered: string[] = []
      const deliver = async (_: unknown, { record }: ParsedRecord) => {
        const { outcome, isThrown } = messages[Number(record.messageId.slice(4))] ?? { outcome: rejected }
        if (isThrown) throw new Error('a bug')
        if (outcome.kind === 'delivered' || outcome.kind === 'skipped') delivered.push(record.messageId)
        return outcome
      }
      const { retried } = await workOn(records, deliver, { settled, people: peopleInMemory(false).people })
      const { deadLetters, delays } = settled
      const ends = [...retried, ...delivered, ...deadLetters.map(({ id }) => id)]
      expect(ends.toSorted()).toEqual(records.map(({ messageId }) => messageId).toSorted())
      expect(delays.map(({ receiptHandle }) => receiptHandle.replace('handle', 'sqs'))).toEqual(retried)
      expectOrder(messages, retried, delays)
    }),
  )
})

/** After a retry every later message of the person waits as long. */
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
  test('has the body as received, the reason, and what is needed to find it', async () => {
    const { settlement, deadLetters } = settling()
    const one = opened('m1', 3)
    await settlement.applyDecision(one, rejected, emptyPerson())
    expect(deadLetters).toEqual([
      {
        id: 'sqs-m1',
        deadLetter: expect.objectContaining({
          ...{ body: one.record.body, code: 'REJECTED', why: 'badparam', status: 400, attempts: 1 },
          ...{ eventType: 'track', messageId: 'm1', groupId: one.record.attributes.MessageGroupId },
        }),
      },
    ])
  })

  test.each([
    [{ baseSeconds: 5 }, 5],
    [{ baseSeconds: 1.5 }, 2],
    [{ baseSeconds: 60, maxSeconds: 10 }, 10],
  ])('that fails becomes a retry that SQS accepts, at %j in %i s', async (own, inSeconds) => {
    const { settlement, deadLetters, faults } = settling(() => false, own)
    const decision = await settlement.applyDecision(opened('m1'), rejected, emptyPerson())
    expect(decision).toEqual({ kind: 'retry', inSeconds })
    expect(deadLetters).toEqual([])
    expect(faults.length).toBe(1)
  })
})

describe('attempts', () => {
  test('do not count receives that only waited', async () => {
    const { settlement, decided } = settling()
    const person = emptyPerson()
    const outcomes = [throttled, waiting, conflict, throttled, conflict, conflict, conflict]
    for (const [receives, outcome] of outcomes.entries())
      await settlement.applyDecision(opened('m1', receives + 1), outcome, person)
    expect(decided.map(({ attempts }) => attempts)).toEqual([0, 0, 1, 1, 2, 3, 4])
    expect(decided.map(({ decision }) => decision.kind).at(-1)).toBe('deadLetter')
  })

  test('are counted for each message, in every container', async () => {
    const person = emptyPerson()
    for (let n = 1; n <= 3; n++) await settling().settlement.applyDecision(opened('m1', n), conflict, person)
    expect((await settling().settlement.applyDecision(opened('m1', 4), conflict, person)).kind).toBe(
      'deadLetter',
    )
    expect((await settling().settlement.applyDecision(opened('m2', 9), conflict, person)).kind).toBe('retry')
  })
})

test('an event is given up for its age since the first failed attempt, after five of them', async () => {
  const clock = jumpingClock()
  const { settlement } = settling(undefined, {}, clock)
  const down: Outcome = { kind: 'unavailable', why: 'x', mayBeStored: false }
  const person = emptyPerson()
  const old = opened('m1', 1, clock.now() - 90_000_000)
  for (let n = 1; n <= 4; n++) expect((await settlement.applyDecision(old, down, person)).kind).toBe('retry')
  expect((await settlement.applyDecision(old, down, person)).kind).toBe('retry')
  await clock.sleep(3_601_000)
  expect((await settlement.applyDecision(old, down, person)).kind).toBe('deadLetter')
})

test('a dead letter of a replayed message has the number of replays', async () => {
  const { settlement, deadLetters } = settling()
  const one = opened('a')
  const attribute = { stringValue: '2', dataType: 'String' }
  const replayed = { ...one, record: { ...one.record, messageAttributes: { REPLAYS: attribute } } }
  await settlement.applyDecision(replayed, rejected, emptyPerson())
  await settlement.applyDecision(opened('b'), rejected, emptyPerson())
  expect(deadLetters.map(({ deadLetter }) => deadLetter.replays)).toEqual([2, 0])
})
