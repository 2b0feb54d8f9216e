import { beforeEach, describe, expect, test } from 'vitest'
import { FifoQueue, type FifoQueueOptions } from '../../tools/simulation/fifo-queue.ts'
import { createRandom } from '../../tools/simulation/random.ts'
import {
  createVirtualClock,
  simulationStartMs as start,
  type VirtualClock,
} from '../../tools/simulation/virtual-clock.ts'

let clock: VirtualClock
let queue: FifoQueue

const create = (options: Partial<FifoQueueOptions> = {}) =>
  new FifoQueue({ name: 'events', clock, visibilitySeconds: 360, retentionSeconds: 1_209_600, ...options })
const send = (groupId: string, body: string, to = queue) =>
  to.send({ groupId, body, deduplicationId: `${groupId} ${body}` })
const pass = (seconds: number) => clock.runUntil(clock.now() + seconds * 1_000)
const bodies = (max = 10, from = queue) => from.receive(max).map(({ message }) => message.body)

beforeEach(() => {
  clock = createVirtualClock()
  // Keeps time moving where nothing else does.
  clock.at(start + 10 ** 12, () => {})
  queue = create()
})

describe('groups', () => {
  test('a receive takes as many of one group as it can, then of the next, ten at most', () => {
    for (let i = 0; i < 7; i++) for (const group of ['a', 'b']) send(group, `${group}${i}`)
    expect(bodies()).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'b0', 'b1', 'b2'])
    expect(bodies()).toEqual([])
  })

  test('a group is locked until its messages in flight are deleted or visible', async () => {
    for (const body of ['a0', 'a1', 'a2']) send('a', body)
    const [first, second] = queue.receive(2)
    expect(bodies()).toEqual([])
    expect(queue.delete(first?.receipt ?? '')).toBe(true)
    expect(bodies()).toEqual([])
    expect(queue.changeVisibility(second?.receipt ?? '', 0)).toBe(true)
    expect(bodies()).toEqual(['a1', 'a2'])
  })

  test('a group with one message delayed and a later one in flight stays locked', async () => {
    for (const body of ['a0', 'a1']) send('a', body)
    const [first] = queue.receive(10)
    queue.changeVisibility(first?.receipt ?? '', 5)
    await pass(300)
    expect(bodies()).toEqual([])
    await pass(60)
    expect(bodies()).toEqual(['a0', 'a1'])
  })

  test('other groups than the oldest come first now and then, each in its own order', () => {
    const seeded = create({ random: createRandom(1) })
    for (let i = 0; i < 40; i++) send(`g${i % 20}`, `g${i % 20}-${i}`, seeded)
    const firsts: string[] = []
    for (let batch = seeded.receive(1); batch.length > 0; batch = seeded.receive(1)) {
      firsts.push(batch[0]?.message.body ?? '')
      seeded.delete(batch[0]?.receipt ?? '')
    }
    expect(firsts).toHaveLength(40)
    const ofGroup = Map.groupBy(firsts, body => body.split('-')[0] ?? '')
    for (const [, [one, two]] of ofGroup)
      expect(Number(one?.split('-')[1])).toBeLessThan(Number(two?.split('-')[1]))
    expect([...ofGroup.keys()]).not.toEqual(Array.from({ length: 20 }, (_, i) => `g${i}`))
  })
})

describe('visibility', () => {
  test('a message that is not deleted comes again, and its old handle is worth nothing', async () => {
    send('a', 'a0')
    const [first] = queue.receive(10)
    expect(first?.message).toMatchObject({ receiveCount: 1, firstReceivedAtMs: start })
    await pass(359)
    expect(bodies()).toEqual([])
    await pass(1)
    const [again] = queue.receive(10)
    expect(again?.message).toMatchObject({ body: 'a0', receiveCount: 2, firstReceivedAtMs: start })
    expect(queue.delete(first?.receipt ?? '')).toBe(false)
    expect(queue.changeVisibility(first?.receipt ?? '', 10)).toBe(false)
    expect(queue.delete(again?.receipt ?? '')).toBe(true)
    expect(queue.size).toBe(0)
  })

  test('a visibility that was changed counts from then on, up to twelve hours, and only once', async () => {
    send('a', 'a0')
    const [first] = queue.receive(10)
    await pass(100)
    expect(queue.changeVisibility(first?.receipt ?? '', 43_200)).toBe(false)
    expect(queue.changeVisibility(first?.receipt ?? '', 900)).toBe(true)
    await pass(899)
    expect(bodies()).toEqual([])
    await pass(1)
    expect(bodies()).toEqual(['a0'])
    await pass(360)
    expect(bodies()).toEqual(['a0'])
  })

  test('who listens hears of what is sent, delayed and freed', async () => {
    let heard = 0
    queue.onAvailable(() => heard++)
    send('a', 'a0')
    expect(heard).toBe(1)
    send('b', 'b0')
    const [first, second] = queue.receive(10)
    heard = 0
    queue.changeVisibility(first?.receipt ?? '', 5)
    await pass(5)
    expect(heard).toBe(1)
    queue.delete(second?.receipt ?? '')
    expect(heard).toBe(1)
  })
})

describe('deduplication', () => {
  test('the same id within five minutes is stored once, also after it was deleted', async () => {
    const first = send('a', 'a0')
    const [received] = queue.receive(1)
    queue.delete(received?.receipt ?? '')
    await pass(299)
    expect(send('a', 'a0')).toBe(first)
    expect(queue.size).toBe(0)
    await pass(1)
    expect(send('a', 'a0').id).not.toBe(first.id)
    expect(queue.size).toBe(1)
  })

  test('it counts for each group alone', () => {
    for (const groupId of ['a', 'b']) queue.send({ groupId, body: 'same', deduplicationId: 'same' })
    expect(queue.size).toBe(2)
  })
})

describe('what the queue takes away by itself', () => {
  test('a message received too often goes to the dead-letter queue, the next of its group is given', async () => {
    const dead = create({ name: 'dead' })
    const redriven: string[] = []
    queue = create({
      redrive: { maxReceiveCount: 3, to: dead },
      onRedriven: ({ body }) => redriven.push(body),
    })
    send('a', 'a0')
    for (let i = 0; i < 3; i++) {
      expect(bodies(1)).toEqual(['a0'])
      await pass(360)
    }
    send('a', 'a1')
    expect(bodies()).toEqual(['a1'])
    expect(redriven).toEqual(['a0'])
    expect(dead.messages()).toMatchObject([{ body: 'a0', receiveCount: 0, sentAtMs: clock.now() }])
    expect(queue.messages().map(({ body }) => body)).toEqual(['a1'])
  })

  test('a message older than the retention is dropped', async () => {
    const expired: string[] = []
    queue = create({ retentionSeconds: 600, onExpired: ({ body }) => expired.push(body) })
    send('a', 'a0')
    await pass(300)
    send('a', 'a1')
    await pass(300)
    expect(bodies()).toEqual(['a1'])
    expect(expired).toEqual(['a0'])
    expect(queue.size).toBe(1)
  })
})

describe('the scan window', () => {
  test('groups that begin behind it wait until there is room', () => {
    queue = create({ scanWindow: 5 })
    for (let i = 0; i < 5; i++) send('a', `a${i}`)
    send('b', 'b0')
    const received = queue.receive(3)
    expect(received.map(({ message }) => message.body)).toEqual(['a0', 'a1', 'a2'])
    expect(bodies()).toEqual([])
    queue.delete(received[0]?.receipt ?? '')
    expect(bodies()).toEqual(['b0'])
  })

  test('a window that moves over thousands of messages loses none', () => {
    queue = create({ scanWindow: 100 })
    const wanted = Array.from({ length: 5_000 }, (_, i) => `m${i}`)
    for (const [i, body] of wanted.entries()) send(`g${i % 700}`, body)
    const seen: string[] = []
    for (let batch = queue.receive(10); batch.length > 0; batch = queue.receive(10))
      for (const { message, receipt } of batch) {
        seen.push(message.body)
        queue.delete(receipt)
      }
    expect(seen.toSorted()).toEqual(wanted.toSorted())
    expect(queue.size).toBe(0)
  })
})
