import { expect, test } from 'vitest'
import type { RelaySettings } from '../../tools/simulation/simulated-relay.ts'
import { simulationStartMs as start, type VirtualClock } from '../../tools/simulation/virtual-clock.ts'
import { relayUnderTest } from './relay-under-test.ts'

/** A relay before a Kustomer that takes every tracking event in 50 ms. */
function create(settings: Partial<RelaySettings> = {}, seed = 1) {
  const recorded: string[] = []
  const kustomer = ({ clock }: { clock: VirtualClock }) => ({
    async send(_endpoint: unknown, _key: string, body: unknown) {
      await clock.sleep(50)
      recorded.push(JSON.stringify(body))
      return { kind: 'answer' as const, status: 201, headers: {}, body: { data: {} } }
    },
    close() {},
  })
  const under = relayUnderTest(settings, kustomer, seed)
  const post = (name: string, secret?: string) =>
    under.post({ type: 'track', userId: 'u1', messageId: name, event: name }, secret)
  return { ...under, recorded, post }
}

test('an event goes through the real ingest and worker in virtual time', async () => {
  const { relay, clock, recorded, post, telemetry } = create()
  const statuses = Promise.all([post('Ordered'), post('Paid')])
  await clock.runUntil(start + 60_000, () => recorded.length === 2 && relay.isIdle())
  expect(await statuses).toEqual([202, 202])
  expect(recorded.map(body => JSON.parse(body).event.name).toSorted()).toEqual(['Ordered', 'Paid'])
  expect(clock.now() - start).toBeLessThan(10_000)
  expect(telemetry.logs.some(({ message }) => message === 'decision')).toBe(true)
})

test('a wrong secret is refused, and an ingest that cannot reach SQS answers early with 503', async () => {
  const wrong = create()
  const refused = wrong.post('Ordered', 'other')
  await wrong.clock.runUntil(start + 60_000)
  expect(await refused).toBe(401)
  const slow = create({ sqs: { slow: 1, slowMs: 60_000, failed: 0, lost: 0, partial: 0 } }, 4)
  const early = slow.post('Ordered')
  await slow.clock.runUntil(start + 60_000)
  expect(await early).toBe(503)
})

test('a message that ends every process that reads it is never done', async () => {
  const { relay, clock, recorded, post, trace } = create()
  void post('Poison')
  await clock.runUntil(start + 3_600_000)
  const crashes = trace.lines().filter(({ what }) => what === 'crashed')
  expect(crashes.length).toBeGreaterThan(3)
  expect([recorded.length, relay.queue.size + relay.deadLetterQueue.size]).toEqual([0, 1])
})
