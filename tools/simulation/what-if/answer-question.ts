import type { QueueMessage } from '../queue-message.ts'
import { createRandom, type Random } from '../random.ts'
import { createSecretVault } from '../secret-vault.ts'
import { createSimulatedRelay, type SimulatedRelay } from '../simulated-relay.ts'
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts'
import { installVirtualTimers } from '../virtual-timers.ts'
import { startArrivals } from './arrivals.ts'
import { costOf } from './cost.ts'
import { createLeanKustomer, type LeanKustomer } from './lean-kustomer.ts'
import type { Question } from './question.ts'

/** What the simulation found. Times are milliseconds of simulated time. */
export interface Answer {
  question: Question
  /** From the first event until the queue was empty; undefined where it was not within SQS's retention. */
  drainedMs: number | undefined
  /** The greatest age that an event reached in the queue. */
  oldestMs: number
  delivered: number
  waiting: number
  deadLetters: Record<string, number>
  calls: LeanKustomer['calls']
  /** US dollars by service. */
  cost: Record<string, number>
}

const dayMs = 86_400_000
/** Days after which a question is given up: longer than SQS keeps a message. */
const longestDays = 30
const calm = {
  crashes: { killPerCall: 0, freezePerCall: 0, freezeMs: 0, clockSkewMs: 0, retirePerInvocation: 0 },
  sqs: { slow: 0, slowMs: 0, failed: 0, lost: 0, partial: 0 },
  table: { slow: 0, slowMs: 0, failed: 0, lost: 0 },
  giveUpAfterSeconds: 259_200,
}

/**
 * Answers a question by simulation: the real worker under virtual time, with the question's load and outage and no
 * other faults. `onProgress` hears of every hundredth part of the events that is done.
 */
export async function answerQuestion(
  question: Question,
  onProgress: (done: number) => void,
): Promise<Answer> {
  const clock = createVirtualClock()
  const restoreTimers = installVirtualTimers(clock)
  try {
    const startMs = clock.now()
    const random = createRandom(question.seed)
    const kustomer = createLeanKustomer({
      ...{ clock, random: random.fork('kustomer'), requestsPerMinute: question.rate },
      isAway: () => clock.now() < startMs + question.outageMs,
    })
    const tally = createTally(clock, question.events, onProgress)
    const relay = relayFor(question, { clock, random, kustomer, tally })
    startArrivals(question, relay.queue, clock, random.fork('arrivals'))
    const arrivedMs = startMs + question.overMs
    await clock.runUntil(startMs + longestDays * dayMs, () => clock.now() >= arrivedMs && relay.isIdle())
    const isDrained = relay.queue.size === 0
    return {
      ...{ question, calls: kustomer.calls, cost: costIn(question, relay) },
      ...{ delivered: tally.delivered(), deadLetters: tally.deadLetters, waiting: relay.queue.size },
      drainedMs: isDrained ? clock.now() - startMs : undefined,
      oldestMs: tally.oldestMs(),
    }
  } finally {
    restoreTimers()
  }
}

function createTally(clock: VirtualClock, events: number, onProgress: (done: number) => void) {
  const deadLetters: Record<string, number> = {}
  const step = Math.max(1, Math.floor(events / 100))
  let [done, dead, oldestMs] = [0, 0, 0]
  return {
    deadLetters,
    oldestMs: () => oldestMs,
    delivered: () => done - dead,
    onDeleted({ sentAtMs }: QueueMessage) {
      oldestMs = Math.max(oldestMs, clock.now() - sentAtMs)
      if (++done % step === 0) onProgress(done)
    },
    onDeadLetter({ attributes }: QueueMessage) {
      const code = attributes?.ERROR_CODE?.StringValue ?? 'moved by SQS'
      deadLetters[code] = (deadLetters[code] ?? 0) + 1
      dead++
    },
  }
}

interface Parts {
  clock: VirtualClock
  random: Random
  kustomer: LeanKustomer
  tally: ReturnType<typeof createTally>
}

function relayFor({ rate, share, concurrency }: Question, parts: Parts): SimulatedRelay {
  const { clock, random, kustomer, tally } = parts
  const ignored = { push() {} }
  return createSimulatedRelay(
    { ...calm, requestsPerMinute: rate, share, workerConcurrency: concurrency },
    {
      ...{ clock, random, telemetry: { logs: ignored, metrics: ignored } },
      trace: { add() {}, lines: () => [] },
      kustomerKey: createSecretVault('key'),
      webhookSecret: createSecretVault('secret'),
      transportOf: () => kustomer,
      isPoison: () => false,
      onSqsAnswer() {},
      ...{ onDeadLetter: tally.onDeadLetter, onDeleted: tally.onDeleted },
    },
  )
}

function costIn({ events }: Question, relay: SimulatedRelay) {
  const { sqsRequests, worker } = relay.usage()
  return costOf({
    posts: events,
    sqsRequests: sqsRequests + events,
    workerInvocations: worker.invocations,
    workerMs: worker.ms,
  })
}
