import { afterEach, expect, test } from 'vitest'
import { createRandom } from '../../tools/simulation/random.ts'
import { createSecretVault } from '../../tools/simulation/secret-vault.ts'
import { createSimulatedRelay, type RelaySettings } from '../../tools/simulation/simulated-relay.ts'
import type { Telemetry } from '../../tools/simulation/telemetry.ts'
import { createTrace } from '../../tools/simulation/trace.ts'
import { createVirtualClock, simulationStartMs as start } from '../../tools/simulation/virtual-clock.ts'
import { installVirtualTimers } from '../../tools/simulation/virtual-timers.ts'

const calm: RelaySettings = {
  workerConcurrency: 2,
  requestsPerMinute: 1_000,
  share: 0.8,
  giveUpAfterSeconds: 259_200,
  crashes: { killPerCall: 0, freezePerCall: 0, freezeMs: 0, clockSkewMs: 0, retirePerInvocation: 0 },
  table: { slow: 0, slowMs: 0, failed: 0, lost: 0 },
  sqs: { slow: 0, slowMs: 0, failed: 0, lost: 0, partial: 0 },
}
const kept: (() => void)[] = []

afterEach(() => {
  for (const restore of kept.splice(0)) restore()
})

/** A relay before a Kustomer that takes every tracking event in 50 ms. */
function create(settings: Partial<RelaySettings> = {}, seed = 1) {
  const clock = createVirtualClock()
  kept.push(installVirtualTimers(clock))
  const trace = createTrace()
  const recorded: string[] = []
  const dead: string[] = []
  const telemetry: Telemetry = { logs: [], metrics: [] }
  const relay = createSimulatedRelay(
    { ...calm, ...settings },
    {
      ...{ clock, trace, telemetry, random: createRandom(seed) },
      kustomerKey: createSecretVault('key'),
      webhookSecret: createSecretVault('secret'),
      transportOf: () => ({
        async send(_endpoint, _key, body) {
          await clock.sleep(50)
          recorded.push(JSON.stringify(body))
          return { kind: 'answer', status: 201, headers: {}, body: { data: {} } }
        },
        close() {},
      }),
      isPoison: body => body.includes('Poison'),
      onDeadLetter: ({ body }) => dead.push(body),
      onSqsAnswer() {},
    },
  )
  const post = (name: string, secret = 'secret') =>
    relay.post(
      { authorization: `Bearer ${secret}` },
      JSON.stringify({ type: 'track', userId: 'u1', messageId: name, event: name }),
    )
  return { relay, clock, trace, recorded, dead, telemetry, post }
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
