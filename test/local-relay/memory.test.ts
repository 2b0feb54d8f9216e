import { expect, test } from 'vitest'
import { defaultSettings } from '../../lib/policy.ts'
import { groupIdOf } from '../../lib/queue/envelope.ts'
import { eventDetail } from '../../tools/console/server/event-detail.ts'
import { findPeople } from '../../tools/console/server/find-people.ts'
import { createMemory, type Memory } from '../../tools/local-relay/memory.ts'
import type { Note } from '../../tools/local-relay/notes.ts'

/** Passes notes to a memory as `npm start` does. */
function remember(memory: Memory, ...notes: Note[]) {
  for (const whole of notes) {
    memory.people.note(whole)
    memory.ledger.note(memory.bodies.keep(whole))
  }
}

function accepted(eventId: string, event: Record<string, unknown>): Note {
  const person = groupIdOf(String(event.userId), 'salt')
  const body = JSON.stringify({ version: 1, id: eventId, receivedAt: '2026-11-26T00:00:00.000Z', event })
  return { kind: 'accepted', message: { eventId, event: 'identify', person, end: 'queued', body } }
}

function call(eventId: string): Note[] {
  const head = { event: 'identify', messageId: `sqs-${eventId}` }
  const request = {
    method: 'PUT',
    url: 'http://k/v1/customers/1',
    template: '/v1/customers/{id}',
    status: 200,
    ms: 3,
  }
  const bodies = { sent: { name: 'Ada' }, received: { data: { id: '1' } } }
  return [
    { kind: 'call', message: { ...head, ...request, ...bodies } },
    {
      kind: 'decision',
      message: { ...head, eventId, outcome: 'delivered', decision: 'done', attempts: 0, ageSeconds: 1 },
    },
  ]
}

test('bodies are returned for one event alone, and are in no list', () => {
  const memory = createMemory()
  const event = { type: 'identify', userId: 'ada', traits: { email: 'ada@example.com' } }
  remember(memory, accepted('m1', event), ...call('m1'))
  const listed = JSON.stringify(memory.ledger.traces())
  for (const secret of ['example.com', 'Ada', '"data"']) expect(listed).not.toContain(secret)
  expect(eventDetail(memory, defaultSettings, 'm1')).toMatchObject({
    row: { key: 'm1', userId: 'ada', state: 'delivered' },
    event,
    calls: [{ sent: { name: 'Ada' }, received: { data: { id: '1' } } }],
    preview: { kind: 'call' },
  })
  expect(eventDetail(memory, defaultSettings, 'm2')).toBeUndefined()
})

test.each([
  ['a delivered event', { outcome: 'delivered', decision: 'done' } as const, 'delivered'],
  ['an event that waits', { outcome: 'throttled', decision: 'retry', inSeconds: 9 } as const, 'retrying'],
])('%s keeps its state when the worker was told of before ingest', (_, decided, state) => {
  const { ledger } = createMemory()
  const head = { eventId: 'm1', messageId: 'sqs-1', event: 'identify', attempts: 0, ageSeconds: 1 }
  ledger.note({ kind: 'decision', message: { ...head, ...decided } })
  ledger.note(accepted('m1', { type: 'identify', userId: 'ada' }))
  expect(ledger.trace('m1')?.state).toBe(state)
  expect(ledger.counts).toMatchObject({ received: 1, repeated: 0 })
})

test('refusals are kept, and a corrected event starts anew', () => {
  const { ledger } = createMemory()
  const head = { eventId: 'm1', event: 'identify', reason: 'MISSING_IDENTITY: x' }
  for (let i = 0; i < 2; i++) ledger.note({ kind: 'accepted', message: { ...head, end: 'refused' } })
  expect(ledger.trace('m1')).toMatchObject({ state: 'refused', reason: head.reason })
  ledger.note(accepted('m1', { type: 'identify', userId: 'ada' }))
  expect(ledger.trace('m1')).toMatchObject({ state: 'queued', refusals: [{}, {}] })
  expect(ledger.trace('m1')?.reason).toBeUndefined()
  ledger.note({ kind: 'accepted', message: { ...head, end: 'refused' } })
  expect(ledger.trace('m1')?.state).toBe('queued')
  ledger.note(accepted('m1', { type: 'identify', userId: 'ada' }))
  expect(ledger.counts).toMatchObject({ received: 5, refused: 3, repeated: 1 })
})

test('a replayed event that is delivered no longer has the reason of its death', () => {
  const { ledger } = createMemory()
  const decided = { eventId: 'm1', messageId: 'sqs-1', event: 'track', attempts: 0, ageSeconds: 1 }
  const dead = {
    ...decided,
    outcome: 'rejected',
    decision: 'deadLetter',
    code: 'REJECTED',
    why: 'x',
  } as const
  ledger.note({ kind: 'decision', message: dead })
  expect(ledger.trace('m1')).toMatchObject({ state: 'dead', reason: 'REJECTED: x' })
  ledger.note({ kind: 'decision', message: { ...decided, outcome: 'delivered', decision: 'done' } })
  expect(ledger.trace('m1')?.state).toBe('delivered')
  expect(ledger.trace('m1')).not.toHaveProperty('reason')
})

test('people are found by user id, the beginning of one, and an e-mail in their events', () => {
  const memory = createMemory()
  remember(
    memory,
    accepted('m1', { type: 'identify', userId: 'ada-1', traits: { email: 'Ada@Example.com' } }),
    accepted('m2', { type: 'identify', userId: 'bob', traits: { email: 'bob@example.com' } }),
  )
  const find = (text: string) => findPeople(memory, text, 'salt')
  const [ada, bob] = [groupIdOf('ada-1', 'salt'), groupIdOf('bob', 'salt')]
  expect(find('ada-1')).toEqual([ada])
  expect(find('ADA')).toContain(ada)
  expect(find('ADA')).not.toContain(bob)
  expect(find('ada@example.com')).toContain(ada)
  expect(find('example')).not.toContain(bob)
  expect(find('@example.com')).toEqual(expect.arrayContaining([ada, bob]))
  expect(find(' ')).toEqual([])
})

test('a body that is large is not kept, and the oldest bodies make room', () => {
  const memory = createMemory()
  const traits = (bytes: number) => ({ type: 'identify', userId: 'big', traits: { name: 'x'.repeat(bytes) } })
  remember(memory, accepted('huge', traits(400_000)), accepted('first', traits(200_000)))
  expect(memory.bodies.event('huge', 'identify')).toBeUndefined()
  expect(memory.bodies.event('first', 'identify')).toBeDefined()
  for (let i = 0; i < 130; i++) remember(memory, accepted(`m${i}`, traits(200_000)))
  expect(memory.bodies.event('first', 'identify')).toBeUndefined()
  expect(memory.bodies.event('m129', 'identify')).toBeDefined()
})

test('the last 5,000 events are kept, each under a key of its own', () => {
  const memory = createMemory()
  const named = (eventId: string, event: string): Note => ({
    kind: 'accepted',
    message: { eventId, event, end: 'queued' },
  })
  remember(memory, named('same', 'track A'), named('same', 'track B'), named('same', 'track A'))
  expect(memory.ledger.traces().map(({ key, event }) => [key, event])).toEqual([
    ['same', 'track A'],
    ['same~2', 'track B'],
  ])
  for (let i = 0; i < 5_000; i++) remember(memory, named(`m${i}`, 'page'))
  expect(memory.ledger.traces()).toHaveLength(5_000)
  expect(memory.ledger.trace('same')).toBeUndefined()
  expect(memory.ledger.trace('m4999')).toBeDefined()
})
