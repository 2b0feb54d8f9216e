import { onTestFinished } from 'vitest'
import type { Transport } from '../../lib/kustomer/transport.ts'
import type { Item } from '../../lib/people/person-item.ts'
import { createRandom, type Random } from '../../tools/simulation/random.ts'
import { createSecretVault } from '../../tools/simulation/secret-vault.ts'
import { createSimulatedRelay, type RelaySettings } from '../../tools/simulation/simulated-relay.ts'
import type { Telemetry } from '../../tools/simulation/telemetry.ts'
import { createTrace, type Trace } from '../../tools/simulation/trace.ts'
import { createVirtualClock, type VirtualClock } from '../../tools/simulation/virtual-clock.ts'
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

/**
 * The real ingest and worker in virtual time, between models of SQS and Lambda, before a Kustomer of the test's.
 * Nothing fails but what `settings` say. A message whose body holds "Poison" ends the process that reads it.
 */
export function relayUnderTest(
  settings: Partial<RelaySettings>,
  kustomer: (ports: { clock: VirtualClock; random: Random; trace: Trace }) => Transport,
  seed = 1,
) {
  const clock = createVirtualClock()
  onTestFinished(installVirtualTimers(clock))
  const trace = createTrace()
  const random = createRandom(seed)
  const records = new Map<string, Item>()
  const telemetry: Telemetry = { logs: [], metrics: [] }
  const transport = kustomer({ clock, trace, random: random.fork('kustomer') })
  const relay = createSimulatedRelay(
    { ...calm, ...settings },
    {
      ...{ clock, trace, telemetry, random, records },
      kustomerKey: createSecretVault('key'),
      webhookSecret: createSecretVault('secret'),
      transportOf: () => transport,
      isPoison: body => body.includes('Poison'),
      onDeadLetter() {},
      onSqsAnswer() {},
    },
  )
  const post = (event: object, secret = 'secret') =>
    relay.post({ authorization: `Bearer ${secret}` }, JSON.stringify(event))
  return { relay, clock, trace, telemetry, records, post }
}
