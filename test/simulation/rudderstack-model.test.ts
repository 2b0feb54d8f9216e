import { expect, test } from 'vitest'
import { createLedger } from '../../tools/simulation/ledger.ts'
import type { PlannedEvent } from '../../tools/simulation/planned-event.ts'
import { createRandom } from '../../tools/simulation/random.ts'
import { startRudderStack } from '../../tools/simulation/rudderstack-model.ts'
import { createTrace } from '../../tools/simulation/trace.ts'
import { createVirtualClock, simulationStartMs } from '../../tools/simulation/virtual-clock.ts'
import { plannedTrack } from './planned.ts'

interface Post {
  seconds: number
  marks: string
}

async function sent(events: PlannedEvent[], statuses: (number | undefined)[], more: object = {}) {
  const [clock, ledger] = [createVirtualClock(), createLedger(events)]
  const posts: Post[] = []
  const options = { answerLost: 0, restartsPerDay: 0, eventsPerRequest: 1, ...more }
  startRudderStack(events, {
    ...{ clock, random: createRandom(1), trace: createTrace(), ledger, options, secret: () => 'qzx-secret' },
    async post(headers, body) {
      expect(headers.authorization).toBe('Bearer qzx-secret')
      const marks = [...body.matchAll(/"messageId":"msg-(m\d+)"/g)].map(([, mark]) => mark).join(' ')
      posts.push({ seconds: (clock.now() - simulationStartMs) / 1_000, marks })
      await clock.sleep(100)
      return statuses.length > 1 ? statuses.shift() : statuses[0]
    },
  })
  await clock.runUntil(simulationStartMs + 40 * 86_400_000)
  return { posts, ledger }
}

const seconds = (posts: Post[]) => posts.map(post => Math.round(post.seconds - (posts[0]?.seconds ?? 0)))

test('5xx and silence are tried again after 10, 20, 40, 80, 160, 300, 300 … s', async () => {
  const { posts, ledger } = await sent([plannedTrack(1)], [500, 503, undefined, 502, 500, 500, 500, 202])
  expect(seconds(posts)).toEqual([0, 10, 30, 70, 150, 311, 611, 911])
  expect(ledger.entry('m1')?.acceptedAt).toHaveLength(1)
})

test('after three hours an event is given up', async () => {
  const { posts, ledger } = await sent([plannedTrack(1)], [503])
  const { givenUpAt = 0, acceptedAt } = ledger.entry('m1') ?? {}
  expect(givenUpAt).toBeGreaterThan(simulationStartMs + 10_800_000)
  expect(givenUpAt).toBeLessThan(simulationStartMs + 10_800_000 + 400_000)
  expect(acceptedAt).toEqual([])
  expect(posts.length).toBeGreaterThan(30)
})

test('408 and 429 are tried again without end', async () => {
  const { posts, ledger } = await sent([plannedTrack(1)], [...Array(60).fill(429), 408, 200])
  expect(posts).toHaveLength(62)
  expect(ledger.entry('m1')?.acceptedAt).toHaveLength(1)
})

test.each([400, 401, 404, 413, 302])('%d drops the event at once', async status => {
  const { posts, ledger } = await sent([plannedTrack(1)], [status])
  expect(posts).toHaveLength(1)
  expect(ledger.entry('m1')).toMatchObject({ refused: { status }, acceptedAt: [] })
})

test('later events of the same key wait, others do not', async () => {
  const events = [plannedTrack(1), plannedTrack(2), plannedTrack(3, { queueKey: 'other' })]
  const { posts } = await sent(events, [500, 202])
  expect(posts.map(({ marks }) => marks)).toEqual(['m1', 'm3', 'm1', 'm2'])
})

test('an event that is to come again is posted again', async () => {
  const again = plannedTrack(1, { againAt: [simulationStartMs + 3_600_000] })
  const { posts, ledger } = await sent([again], [202])
  expect(seconds(posts)).toEqual([0, 3_600])
  expect(ledger.entry('m1')?.acceptedAt).toHaveLength(2)
})

test('a lost answer makes RudderStack send again what the webhook has taken', async () => {
  const { posts, ledger } = await sent([plannedTrack(1)], [202], { answerLost: 0.7 })
  expect(posts.length).toBeGreaterThan(1)
  expect(ledger.entry('m1')?.acceptedAt).toHaveLength(posts.length)
})

test('a list of events is one request', async () => {
  const events = Array.from({ length: 5 }, (_, i) => plannedTrack(i + 1, { queueKey: `q${i}` }))
  const { posts } = await sent(events, [202], { eventsPerRequest: 20 })
  expect(posts.map(({ marks }) => marks)).toEqual(['m1', 'm2 m3 m4 m5'])
})

test('after a restart the events of the last seconds come again, in order', async () => {
  const events = Array.from({ length: 300 }, (_, i) =>
    plannedTrack(i + 1, { at: simulationStartMs + i * 1_000 }),
  )
  const { posts } = await sent(events, [202], { restartsPerDay: 600 })
  const times = Map.groupBy(posts, ({ marks }) => marks)
  const twice = [...times.values()].filter(list => list.length > 1)
  expect(twice.length).toBeGreaterThan(0)
  expect(twice.length).toBeLessThan(30)
  const numbers = posts.map(({ marks }) => Number(marks.slice(1)))
  expect(numbers.every((n, i) => i === 0 || n > (numbers[i - 1] ?? 0) - 6)).toBe(true)
})
