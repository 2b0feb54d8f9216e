import type { SQSBatchResponse } from 'aws-lambda'
import { LRUCache } from 'lru-cache'
import type { Outcome } from '../delivery/outcome.ts'
import { personRecords as limits } from '../policy.ts'
import type { DeadLetter } from '../queue/dead-letter.ts'
import { replaysIn } from '../queue/replays.ts'
import type { Delay } from '../queue/sqs.ts'
import type { Clock } from '../runtime/clock.ts'
import { capped, type RetryTimes } from './backoff.ts'
import { type Decision, decide } from './decide.ts'
import type { ParsedRecord } from './parse-record.ts'
import type { Reporter } from './reporter.ts'

/** A message and what became of it in this invocation. */
export interface End {
  opened: ParsedRecord
  decision: Decision
}

/** Carries decisions out, so that nothing is acknowledged before it is delivered or safe elsewhere. */
export interface Settle {
  /** Decides, and dead-letters at once, before a later event of the same person is touched. Never throws. */
  applyDecision(opened: ParsedRecord, outcome: Outcome): Promise<Decision>
  /** Puts off what is to be retried and gives the batch's answer, which names all that is not done. Never throws. */
  toBatchResponse(ends: End[]): Promise<SQSBatchResponse>
}

/** What settling needs of the world. */
export interface SettlePorts {
  /** Rejects where the dead letter is not safe. */
  sendDeadLetter(deadLetter: DeadLetter, id: string): Promise<void>
  /** Gives the number of messages that could not be put off. */
  delay(delays: Delay[]): Promise<number>
  clock: Pick<Clock, 'now'>
  random(): number
  times: RetryTimes
  reporter: Reporter
}

/** Settles the messages of one container; it remembers receives that were mere waits, since those are never counted. */
export function createSettle(ports: SettlePorts): Settle {
  const { clock, reporter, times } = ports
  const waits = new LRUCache<string, number>({ max: limits.maxPeople })

  const moveToDeadLetters = async (
    opened: ParsedRecord,
    outcome: Outcome,
    decision: Decision & { kind: 'deadLetter' },
    attempts: number,
  ) => {
    try {
      await ports.sendDeadLetter(
        deadLetterOf(opened, outcome, decision, attempts, clock.now()),
        opened.record.messageId,
      )
      return decision
    } catch (error) {
      reporter.fault('a dead letter could not be sent, the event is retried', error)
      return { kind: 'retry', inSeconds: capped(times.baseSeconds, times) } as const
    }
  }
  return {
    async applyDecision(opened, outcome) {
      const { messageId, attributes } = opened.record
      const isWait = outcome.kind === 'throttled' || outcome.kind === 'unattempted'
      const waited = waits.get(messageId) ?? 0
      const attempts = Math.max(1, Number(attributes.ApproximateReceiveCount) - waited)
      const ageSeconds = (clock.now() - Number(attributes.SentTimestamp)) / 1000
      const wanted = decide(outcome, { attempts, ageSeconds, times, random: ports.random() })
      const decision =
        wanted.kind === 'deadLetter' ? await moveToDeadLetters(opened, outcome, wanted, attempts) : wanted
      if (isWait) waits.set(messageId, waited + 1)
      reporter.decision(opened, outcome, decision, attempts)
      return decision
    },
    async toBatchResponse(ends) {
      const retries = ends.flatMap(({ opened: { record }, decision }) =>
        decision.kind === 'retry' ? [{ record, inSeconds: decision.inSeconds }] : [],
      )
      const delays = retries.map(({ record, inSeconds }) => ({
        receiptHandle: record.receiptHandle,
        inSeconds,
      }))
      const left = await ports.delay(delays)
      if (left > 0)
        reporter.fault(`${left} messages wait for their visibility time-out instead of their delay`)
      return { batchItemFailures: retries.map(({ record }) => ({ itemIdentifier: record.messageId })) }
    },
  }
}

function deadLetterOf(
  { record, eventId, type, name }: ParsedRecord,
  outcome: Outcome,
  { code, why }: Decision & { kind: 'deadLetter' },
  attempts: number,
  failedAtMs: number,
): DeadLetter {
  const status = 'status' in outcome ? outcome.status : undefined
  const groupId = record.attributes.MessageGroupId
  const eventName = name
  return {
    body: record.body,
    code,
    why,
    status,
    attempts,
    failedAtMs,
    eventType: type,
    eventName,
    messageId: eventId,
    groupId,
    replays: replaysIn(record.messageAttributes),
  }
}
