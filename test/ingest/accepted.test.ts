import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { receive } from '../../lib/ingest/receive.ts'
import { readAttributes } from '../../lib/queue/dead-letter.ts'
import { groupIdOf } from '../../lib/queue/envelope.ts'
import type { Sealed } from '../../lib/queue/sqs.ts'
import { fakeClock } from '../runtime/fake-clock.ts'

const heard: unknown[] = []
const counted: unknown[][] = []
const hear = (message: unknown) => void heard.push(message)
beforeEach(() => subscribe('kustomer-relay:accepted', hear))
afterEach(() => {
  unsubscribe('kustomer-relay:accepted', hear)
  heard.length = 0
  counted.length = 0
})

const ports = {
  enqueue: async () => undefined,
  sendDeadLetters: async () => undefined,
  metrics: { add: (...sum: unknown[]) => void counted.push(sum) },
  clock: fakeClock(),
  personSalt: 'salt',
}
const { signal } = new AbortController()
const track = { type: 'Track', userId: 'u1', messageId: 'm1', event: 'Order Completed' }
const identify = { type: 'identify', userId: 'u1', messageId: 'm2', name: 'Ada' }
const page = { type: 'page', userId: 'u1', messageId: 'm5', name: 'Ada Lovelace' }
const alias = { type: 'alias', userId: 'u1', messageId: 'm3' }
const bad = { userId: 'u1', messageId: 'm4' }

test('each event is reported with its result, and counted', async () => {
  const answer = await receive(JSON.stringify([track, identify, page, alias, bad]), ports, signal)
  expect(answer).toEqual({ statusCode: 202, body: { queued: 3, ignored: 1, deadLettered: 1 } })
  const person = groupIdOf('u1', 'salt')
  const queued = (id: string) => ({ person, end: 'queued', body: expect.stringContaining(`"id":"${id}"`) })
  expect(heard).toEqual([
    { eventId: 'm1', event: 'track Order Completed', type: 'track', ...queued('m1') },
    { eventId: 'm2', event: 'identify', type: 'identify', ...queued('m2') },
    { eventId: 'm5', event: 'page', type: 'page', ...queued('m5') },
    {
      eventId: 'm3',
      event: 'alias',
      type: 'alias',
      end: 'ignored',
      reason: 'events of this type are not delivered',
    },
    {
      eventId: 'm4',
      event: 'event',
      end: 'deadLettered',
      reason: expect.stringMatching(/^MISSING_TYPE: `type` is missing\. /),
      body: expect.stringContaining('"id":"m4"'),
    },
  ])
  expect(counted).toEqual([
    ['EventsReceived', 5],
    ['EventsQueued', 1],
    ['EventsQueued', 1],
    ['EventsQueued', 1],
    ['EventsIgnored', 1],
    ['EventsDeadLettered', 1],
  ])
})

test('a single event that is refused is reported too, and is not counted as dead-lettered', async () => {
  expect((await receive(JSON.stringify(bad), ports, signal)).statusCode).toBe(400)
  expect(heard).toMatchObject([
    { eventId: 'm4', event: 'event', end: 'refused', reason: expect.stringContaining('`type` is missing') },
  ])
  expect(counted).toEqual([['EventsReceived', 1]])
})

test('a dead letter has the name of a track, and no name that may be of a person', async () => {
  const deadLetters: Sealed[] = []
  const sendDeadLetters = async (messages: Sealed[]) => void deadLetters.push(...messages)
  const nobody = [track, identify, page, { type: 'Ada', event: 'Ada' }].map(event => ({
    ...event,
    userId: 'x'.repeat(300),
  }))
  await receive(JSON.stringify(nobody), { ...ports, sendDeadLetters }, signal)
  const told = deadLetters
    .map(({ attributes }) => readAttributes(attributes))
    .map(({ eventType, eventName }) => [eventType, eventName])
  expect(told).toEqual([
    ['track', 'Order Completed'],
    ['identify', undefined],
    ['page', undefined],
  ])
})

test('nothing is reported about a request that the queue did not accept', async () => {
  const enqueue = async () => {
    throw new Error('down')
  }
  await expect(receive(JSON.stringify([track, alias]), { ...ports, enqueue }, signal)).rejects.toThrow('down')
  await expect(receive(JSON.stringify(track), { ...ports, enqueue }, signal)).rejects.toThrow('down')
  expect(heard).toEqual([])
  expect(new Set(counted.map(([name]) => name))).toEqual(new Set(['EventsReceived']))
})
