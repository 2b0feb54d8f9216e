import type { SQSBatchResponse } from 'aws-lambda'
import type { Outcome } from '../delivery/outcome.ts'
import type { Person } from '../people/person.ts'
import { worker as limits } from '../policy.ts'
import type { DeadLetter } from '../queue/dead-letter.ts'
import { replaysIn } from '../queue/replays.ts'
import type { Delay } from '../queue/sqs.ts'
import type { Clock } from '../runtime/clock.ts'
import { capped, type RetryTimes } from './backoff.ts'
import { countAttempt } from './count-attempts.ts'
import { type Decision, decide } from './decide.ts'
import type { ParsedRecord } from './parse-record.ts'
import type { Reporter } from './reporter.ts'

/** A message and the decision about it in this invocation. */
export interface End {
  parsed: ParsedRecord
  decision: Decision
}

/** Carries out the decisions of one batch. A message is acknowledged only after it is delivered or safely stored. */
export interface Settlement {
  /** Decides, and dead-letters at once, before a later event of the same person is processed. Never throws. */
  applyDecision(parsed: ParsedRecord, outcome: Outcome, person: Person): Promise<Decision>
  /** Takes a person's decisions. Once the batch has run for a second, it carries them out at once. Never throws. */
  finish(ends: End[]): Promise<void>
  /** Carries out the decisions taken so far. Never throws. */
  settleNow(): Promise<void>
  /**
   * Carries out the remaining decisions and returns the batch response, which lists the messages to retry. Never
   * throws.
   */
  toBatchResponse(): Promise<SQSBatchResponse>
}

/** What a settlement needs from outside. */
export interface SettlePorts {
  /** Rejects when the dead letter is not stored. */
  sendDeadLetter(deadLetter: DeadLetter, id: string): Promise<void>
  /** Resolves to the number of messages whose delay could not be set. */
  delay(delays: Delay[]): Promise<number>
  /** Deletes messages. Lambda deletes the rest after the batch response. Never throws. */
  deleteMessages(receiptHandles: string[]): Promise<void>
  clock: Clock
  random(): number
  times: RetryTimes
  reporter: Reporter
}

/** Opens the settlement of a batch. Once the batch has run for a second, messages that are done are deleted early. */
export function openSettlement(ports: SettlePorts): Settlement {
  const { clock, reporter, times } = ports
  const startMs = clock.now()
  let pending: End[] = []
  const failures: { itemIdentifier: string }[] = []
  let isOver = false

  const carryOut = async (deletesDone: boolean) => {
    const ends = pending
    pending = []
    const retries = ends.flatMap(({ parsed: { record }, decision }) =>
      decision.kind === 'retry' ? [{ record, inSeconds: decision.inSeconds }] : [],
    )
    failures.push(...retries.map(({ record }) => ({ itemIdentifier: record.messageId })))
    const delays = retries.map(({ record, inSeconds }) => ({
      receiptHandle: record.receiptHandle,
      inSeconds,
    }))
    const done = ends.filter(({ decision }) => decision.kind !== 'retry')
    const handles = deletesDone ? done.map(({ parsed }) => parsed.record.receiptHandle) : []
    const [left] = await Promise.all([ports.delay(delays), ports.deleteMessages(handles)])
    if (left > 0)
      reporter.fault(`the delay of ${left} messages could not be set: they wait for the visibility time-out`)
  }
  void clock.sleep(limits.earlySettleMs).then(() => (isOver ? undefined : carryOut(true)))

  return {
    async applyDecision(parsed, outcome, person) {
      const { messageId, attributes } = parsed.record
      const attempts = countAttempt(person, messageId, outcome, clock.now())
      const mayDouble =
        outcome.kind === 'unavailable' && outcome.mayBeStored && parsed.plan.kind === 'recordEvent'
      const receives = Number(attributes.ApproximateReceiveCount)
      const wanted = decide(outcome, { attempts, receives, mayDouble, times, random: ports.random() })
      const decision =
        wanted.kind === 'deadLetter' ? await moveAway(parsed, outcome, wanted, attempts.total) : wanted
      reporter.decision(parsed, outcome, decision, attempts.total)
      return decision
    },
    async finish(ends) {
      pending.push(...ends)
      if (clock.now() - startMs >= limits.earlySettleMs) await carryOut(true)
    },
    settleNow: () => carryOut(true),
    async toBatchResponse() {
      isOver = true
      await carryOut(false)
      return { batchItemFailures: failures }
    },
  }

  async function moveAway(
    parsed: ParsedRecord,
    outcome: Outcome,
    decision: Decision & { kind: 'deadLetter' },
    attempts: number,
  ): Promise<Decision> {
    try {
      const deadLetter = deadLetterOf(parsed, outcome, decision, attempts, clock.now())
      await ports.sendDeadLetter(deadLetter, parsed.record.messageId)
      return decision
    } catch (error) {
      reporter.fault('a dead letter could not be sent, the event is retried', error)
      return { kind: 'retry', inSeconds: capped(times.baseSeconds, times) }
    }
  }
}

function deadLetterOf(
  { record, eventId, type, name }: ParsedRecord,
  outcome: Outcome,
  { code, why }: Decision & { kind: 'deadLetter' },
  attempts: number,
  failedAtMs: number,
): DeadLetter {
  return {
    body: record.body,
    ...{ code, why, attempts: Math.max(1, attempts), failedAtMs },
    status: 'status' in outcome ? outcome.status : undefined,
    eventType: type,
    eventName: name,
    messageId: eventId,
    groupId: record.attributes.MessageGroupId,
    replays: replaysIn(record.messageAttributes),
  }
}
