import type { SQSBatchResponse } from 'aws-lambda'
import type { Outcome } from '../delivery/outcome.ts'
import type { Person } from '../people/person.ts'
import { worker as limits } from '../policy.ts'
import type { DeadLetter } from '../queue/dead-letter.ts'
import type { Clock } from '../runtime/clock.ts'
import { capped, type RetryTimes } from './backoff.ts'
import { type CarryOutPorts, carryOut, type End } from './carry-out.ts'
import { countAttempt } from './count-attempts.ts'
import { type Decision, decide } from './decide.ts'
import type { ParsedRecord } from './parse-record.ts'
import { toDeadLetter } from './to-dead-letter.ts'

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
export interface SettlePorts extends CarryOutPorts {
  /** Rejects when the dead letter is not stored. */
  sendDeadLetter(deadLetter: DeadLetter, id: string): Promise<void>
  clock: Clock
  random(): number
  times: RetryTimes
}

/** Opens the settlement of a batch. Once the batch has run for a second, messages that are done are deleted early. */
export function openSettlement(ports: SettlePorts): Settlement {
  const { clock } = ports
  const startMs = clock.now()
  let pending: End[] = []
  const failures: { itemIdentifier: string }[] = []
  let isOver = false

  const carryOutPending = async (deletesDone: boolean) => {
    const ends = pending
    pending = []
    const retried = ends.filter(({ decision }) => decision.kind === 'retry')
    for (const { parsed } of retried) failures.push({ itemIdentifier: parsed.record.messageId })
    await carryOut(ends, deletesDone, ports)
  }
  void clock.sleep(limits.earlySettleMs).then(() => (isOver ? undefined : carryOutPending(true)))

  return {
    applyDecision: (parsed, outcome, person) => applyDecision(parsed, outcome, person, ports),
    async finish(ends) {
      pending = [...pending, ...ends]
      if (clock.now() - startMs >= limits.earlySettleMs) await carryOutPending(true)
    },
    settleNow: () => carryOutPending(true),
    async toBatchResponse() {
      isOver = true
      await carryOutPending(false)
      return { batchItemFailures: failures }
    },
  }
}

async function applyDecision(
  parsed: ParsedRecord,
  outcome: Outcome,
  person: Person,
  ports: SettlePorts,
): Promise<Decision> {
  const { messageId, attributes } = parsed.record
  const attempts = countAttempt(person, messageId, outcome, ports.clock.now())
  const mayDouble = mayStoreTwice(parsed, outcome)
  const receives = Number(attributes.ApproximateReceiveCount)
  const { times } = ports
  const wanted = decide(outcome, { attempts, receives, mayDouble, times, random: ports.random() })
  const decision =
    wanted.kind === 'deadLetter'
      ? await moveToDeadLetters(parsed, outcome, wanted, attempts.total, ports)
      : wanted
  ports.reporter.decision(parsed, outcome, decision, attempts.total)
  return decision
}

function mayStoreTwice({ plan }: ParsedRecord, outcome: Outcome): boolean {
  return outcome.kind === 'unavailable' && outcome.mayBeStored && plan.kind === 'recordEvent'
}

/** Sends a dead letter. When that fails, the message is retried instead. */
async function moveToDeadLetters(
  parsed: ParsedRecord,
  outcome: Outcome,
  decision: Decision & { kind: 'deadLetter' },
  attempts: number,
  { sendDeadLetter, reporter, times, clock }: SettlePorts,
): Promise<Decision> {
  try {
    const deadLetter = toDeadLetter(parsed, outcome, decision, attempts, clock.now())
    await sendDeadLetter(deadLetter, parsed.record.messageId)
    return decision
  } catch (error) {
    reporter.fault('a dead letter could not be sent, the event is retried', error)
    return { kind: 'retry', inSeconds: capped(times.baseSeconds, times) }
  }
}
