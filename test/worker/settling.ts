import type { DeadLetter } from '../../lib/queue/dead-letter.ts'
import type { Delay } from '../../lib/queue/received-messages.ts'
import type { Clock } from '../../lib/runtime/clock.ts'
import type { RetryTimes } from '../../lib/worker/backoff.ts'
import type { Decision } from '../../lib/worker/decide.ts'
import type { Reporter } from '../../lib/worker/reporter.ts'
import { openSettlement } from '../../lib/worker/settle.ts'
import { jumpingClock } from '../runtime/jumping-clock.ts'

/** One report of a decision. */
export interface Decided {
  id: string
  outcome: string
  decision: Decision
  attempts: number
}

/** The times of the tests: a base of 5 s, a cap of 15 min, given up after an hour. */
export const times: RetryTimes = { baseSeconds: 5, maxSeconds: 900, giveUpAfterSeconds: 3_600 }

/** A settlement with lists as queues. `mayTake` says whether the dead-letter queue accepts a dead letter. */
export function settling(
  mayTake: (deadLetter: DeadLetter) => boolean = () => true,
  own: Partial<RetryTimes> = {},
  clock: Clock = jumpingClock(),
) {
  const deadLetters: { deadLetter: DeadLetter; id: string }[] = []
  const delays: Delay[] = []
  const deleted: string[] = []
  const decided: Decided[] = []
  const faults: string[] = []
  const reporter: Reporter = {
    call: () => undefined,
    decision: ({ record }, outcome, decision, attempts) =>
      void decided.push({ id: record.messageId, outcome: outcome.kind, decision, attempts }),
    fault: message => void faults.push(message),
  }
  const open = () =>
    openSettlement({
      async sendDeadLetter(deadLetter, id) {
        if (!mayTake(deadLetter)) throw new Error('the queue does not take it')
        deadLetters.push({ deadLetter, id })
      },
      async delay(wanted) {
        delays.push(...wanted)
        return 0
      },
      deleteMessages: async handles => void deleted.push(...handles),
      clock,
      random: () => 0.5,
      times: { ...times, ...own },
      reporter,
    })
  return { open, settlement: open(), deadLetters, delays, deleted, decided, faults, clock }
}
