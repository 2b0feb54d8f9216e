import { describe, expect, test } from 'vitest'
import { hashOf } from '../../lib/people/hash-of.ts'
import { createMemoryStore } from '../../lib/people/memory-store.ts'
import { emptyPerson, type Person } from '../../lib/people/person.ts'
import { parseRecord } from '../../lib/worker/parse-record.ts'
import { rememberEnd } from '../../lib/worker/remember-end.ts'
import { readDeadLetter } from '../../tools/dead-letters/dead-letter-message.ts'
import { createFollower } from '../../tools/dead-letters/follow.ts'
import type { SentReplay } from '../../tools/dead-letters/replay.ts'
import { waitForEnds } from '../../tools/dead-letters/wait-for-ends.ts'
import { sqsRecord } from '../worker/records.ts'
import { groupOf, sealedTrack } from './rig.ts'

const salt = 'salt'
const hash = (text: string) => hashOf(salt, text)

/** A time that passes only when somebody sleeps. */
function startClock() {
  let now = 1_000_000
  const sleep = async (ms: number) => {
    now += ms
  }
  return { now: () => now, sleep }
}

function sentReplay(person: string, n: number): SentReplay {
  const deadLetter = readDeadLetter({ MessageId: `letter-${person}-${n}`, Body: sealedTrack(person, n) })
  return { deadLetter, messageId: `sqs-${person}-${n}`, groupId: groupOf(person) }
}

/** Person records in memory, and the worker's part in them. */
function startRecords() {
  const clock = startClock()
  const store = createMemoryStore(clock)
  const change = async (groupId: string, apply: (person: Person) => void) => {
    const stored = (await store.load([groupId])).get(groupId)
    const person = stored?.person ?? emptyPerson()
    apply(person)
    await store.save(groupId, person, stored?.version ?? 0)
  }
  /** Notes the end of a replayed message as the worker does. */
  const end = (sent: SentReplay, kind: 'delivered' | 'skipped' | 'rejected') => {
    const record = sqsRecord('x', {}, { body: sent.deadLetter.body })
    record.messageId = sent.messageId
    const stringValue = '1'
    record.messageAttributes = {
      REPLAYS: { stringValue, dataType: 'String', stringListValues: [], binaryListValues: [] },
    }
    const parsed = parseRecord(record, () => ({ kind: 'skip', why: '' }))
    const outcome =
      kind === 'rejected' ? ({ kind, code: 'REJECTED', why: '' } as const) : ({ kind, why: '' } as const)
    const decision =
      kind === 'rejected'
        ? ({ kind: 'deadLetter', code: 'REJECTED', why: '' } as const)
        : ({ kind: 'done' } as const)
    return change(sent.groupId, person => rememberEnd(parsed, outcome, decision, person, { hash, clock }))
  }
  return { clock, store, change, end, follower: createFollower({ store, salt }, clock) }
}

describe('a follower', () => {
  test('tells delivered, needed nothing, and dead again from the record that the worker writes', async () => {
    const { follower, end } = startRecords()
    const sent = [sentReplay('ann', 1), sentReplay('ann', 2), sentReplay('bob', 1), sentReplay('cy', 1)]
    for (const one of sent) follower.add(one)
    expect(await follower.look()).toEqual([])
    await end(sentReplay('ann', 2), 'delivered')
    await end(sentReplay('bob', 1), 'skipped')
    await end(sentReplay('cy', 1), 'rejected')
    const ends = (await follower.look()).map(({ kind, sent: { messageId } }) => [messageId, kind])
    expect(ends).toEqual([
      ['sqs-ann-2', 'delivered'],
      ['sqs-bob-1', 'delivered'],
      ['sqs-cy-1', 'deadAgain'],
    ])
    expect(follower.waiting().map(({ sent: { messageId } }) => messageId)).toEqual(['sqs-ann-1'])
    expect(await follower.look()).toEqual([])
  })

  test('says why an event waits', async () => {
    const { follower, change } = startRecords()
    const [first, second] = [sentReplay('ann', 1), sentReplay('ann', 2)]
    for (const one of [first, second]) follower.add(one)
    const waiting = { messageId: first.messageId, firstAttemptMs: 1, counts: { unavailable: 2 } }
    await change(first.groupId, person => Object.assign(person, { waiting }))
    await follower.look()
    expect(follower.waiting().map(({ why }) => why)).toEqual([
      'Kustomer did not answer, or answered with an error of its own (2 attempts so far)',
      'an earlier event of the same person waits',
    ])
  })

  test('does not take the end of an earlier replay for that of the next one', async () => {
    const { follower, end } = startRecords()
    await end(sentReplay('ann', 1), 'rejected')
    follower.add({ ...sentReplay('ann', 1), messageId: 'sqs-second' })
    expect(await follower.look()).toEqual([])
    expect(follower.waiting()).toHaveLength(1)
  })

  test('reads the records of many people in turn', async () => {
    const { follower, end } = startRecords()
    const sent = Array.from({ length: 1_100 }, (_, n) => sentReplay(`p${n}`, n))
    for (const one of sent) follower.add(one)
    await Promise.all(sent.map(one => end(one, 'delivered')))
    const looks = [await follower.look(), await follower.look(), await follower.look()]
    expect(looks.map(ends => ends.length)).toEqual([500, 500, 100])
    expect(follower.waiting()).toEqual([])
  })
})

describe('waiting for the ends', () => {
  test('ends when all have ended', async () => {
    const { follower, end, clock } = startRecords()
    follower.add(sentReplay('ann', 1))
    let looks = 0
    const ends = await waitForEnds(follower, {
      patienceMs: 1e9,
      clock,
      onEnds: () => ++looks === 3 && void end(sentReplay('ann', 1), 'delivered'),
    })
    expect(ends.map(({ kind }) => kind)).toEqual(['delivered'])
    expect(looks).toBe(4)
  })

  test('ends without news, counted from the last news, and survives a table that does not answer', async () => {
    const { store, end, clock } = startRecords()
    let isDown = false
    const load = (ids: readonly string[]) => (isDown ? Promise.reject(new Error('down')) : store.load(ids))
    const follower = createFollower({ store: { ...store, load }, salt }, clock)
    for (const n of [1, 2]) follower.add(sentReplay('ann', n))
    const startMs = clock.now()
    let newsMs = 0
    const faults: unknown[] = []
    const ends = await waitForEnds(follower, {
      patienceMs: 10_000,
      clock,
      onFault: error => faults.push(error),
      onEnds(found) {
        isDown = !isDown
        if (found.length > 0) newsMs = clock.now()
        if (newsMs === 0 && clock.now() - startMs > 4_000) void end(sentReplay('ann', 1), 'delivered')
      },
    })
    expect(ends).toHaveLength(1)
    expect(follower.waiting()).toHaveLength(1)
    expect(newsMs - startMs).toBeGreaterThan(4_000)
    expect(clock.now() - newsMs).toBeGreaterThanOrEqual(10_000)
    expect(faults.length).toBeGreaterThan(2)
  })

  test('does not end before all were sent, and ends at once when it is interrupted after that', async () => {
    const { follower, clock } = startRecords()
    const interruption = new AbortController()
    let looks = 0
    await waitForEnds(follower, {
      patienceMs: 1e9,
      clock,
      isComplete: () => looks > 4,
      signal: interruption.signal,
      onEnds() {
        looks++
        if (looks === 2) follower.add(sentReplay('ann', 1))
        if (looks === 3) interruption.abort()
      },
    })
    expect(looks).toBe(6)
    expect(follower.waiting()).toHaveLength(1)
  })
})
