import type { Ledger } from './ledger.ts'
import type { PlannedEvent } from './planned-event.ts'
import type { Random } from './random.ts'
import type { SenderOptions } from './scenario.ts'
import { createSenderQueues } from './sender-queues.ts'
import type { Trace } from './trace.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What the model needs. */
export interface RudderStackPorts {
  clock: VirtualClock
  random: Random
  trace: Trace
  ledger: Ledger
  options: SenderOptions
  /** The webhook secret that is typed into RudderStack's settings at the moment. */
  secret(): string
  /** A request to the webhook: the status, or undefined where no answer came within RudderStack's 10 s. */
  post(headers: Record<string, string>, body: string): Promise<number | undefined>
}

/** Seconds between tries; the last one repeats. */
const delaysSeconds = [10, 20, 40, 80, 160, 300]
const limits = { giveUpMs: 10_800_000, tries: 3, restartMs: 5_000, dayMs: 86_400_000 }

/**
 * RudderStack's server in front of the webhook. Events of one key (`anonymousId` and `userId`) are sent one after the
 * other. 5xx and silence for 10 s are tried again after 10, 20, 40, 80, 160, 300, 300 … s, for three hours and at least
 * three times; 408 and 429 without end; any other 4xx drops the event. After a restart the last seconds are sent once
 * more (sources of rudder-server, read 2026-08).
 */
export function startRudderStack(events: readonly PlannedEvent[], ports: RudderStackPorts): void {
  const { clock, random, options } = ports
  const queues = createSenderQueues({
    eventsPerRequest: options.eventsPerRequest,
    now: clock.now,
    send: batch => send(batch, ports),
  })
  const restart = () => {
    ports.trace.add({ at: clock.now(), who: 'rudderstack', what: 'restart' })
    queues.restart(limits.restartMs)
  }

  for (const event of events)
    for (const at of [event.at, ...event.againAt]) clock.at(at, () => queues.add(event))
  const lastAt = events.at(-1)?.at ?? 0
  const meanMs = limits.dayMs / options.restartsPerDay
  for (let at = clock.now(); options.restartsPerDay > 0 && at < lastAt; ) {
    at -= meanMs * Math.log(1 - random.next())
    if (at < lastAt) clock.at(at, restart)
  }
}

/** Sends until the events are taken, refused or given up; true where they were taken, as far as RudderStack knows. */
async function send(batch: readonly PlannedEvent[], ports: RudderStackPorts): Promise<boolean> {
  const { clock, ledger } = ports
  const startedAt = clock.now()
  for (let failures = 0; ; failures++) {
    const status = await once(batch, ports)
    if (status !== undefined && status < 300) return true
    const isCounted = status !== 408 && status !== 429
    if (status !== undefined && status < 500 && isCounted) {
      for (const { mark } of batch) ledger.refused(mark, status, clock.now())
      return false
    }
    if (isCounted && failures + 1 >= limits.tries && clock.now() - startedAt > limits.giveUpMs) {
      for (const { mark } of batch) ledger.gaveUp(mark, clock.now())
      return false
    }
    const delaySeconds = delaysSeconds[Math.min(failures, delaysSeconds.length - 1)] ?? 0
    await clock.sleep(delaySeconds * 1_000)
  }
}

async function once(batch: readonly PlannedEvent[], ports: RudderStackPorts): Promise<number | undefined> {
  const { clock, random, trace, ledger, options } = ports
  const startMs = clock.now()
  for (const { mark } of batch) ledger.posted(mark, startMs)
  const headers = {
    authorization: `Bearer ${ports.secret()}`,
    'content-type': 'application/json',
    'user-agent': 'RudderLabs',
  }
  const json = batch.map(({ event }) => JSON.stringify(event))
  const body = options.eventsPerRequest > 1 ? `[${json.join(',')}]` : (json[0] ?? '')
  const status = await ports.post(headers, body)
  if (status !== undefined && status < 300) for (const { mark } of batch) ledger.accepted(mark, clock.now())
  const isLost = random.chance(options.answerLost)
  const marks = batch.map(({ mark }) => mark).join(' ')
  const answer = { status, ms: clock.now() - startMs, lost: isLost || undefined }
  trace.add({ at: clock.now(), who: 'rudderstack', what: 'post', marks, ...answer })
  return isLost ? undefined : status
}
