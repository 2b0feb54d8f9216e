import type { DeadLetterEntry, LedgerEntry } from '../ledger.ts'
import { acceptedEvents, type Delivery, deliveriesOf, sharedMarks } from './deliveries.ts'
import type { Evidence, Property } from './evidence.ts'

/** Milliseconds after a letter within which the worker that sent it may die before its message is deleted. */
const invocationMs = 60_000

/** Property 1: nothing that was taken is lost, forgotten, or ends twice. */
export const endsOnce: Property = {
  name: 'ends once',
  sentence: 'An event that was answered 2xx ends exactly once, as delivered or dead-lettered.',
  find(evidence) {
    const deliveries = deliveriesOf(evidence)
    const shared = sharedMarks(evidence)
    const ends = acceptedEvents(evidence).flatMap(entry => {
      const { contentMark } = entry.planned
      return wrongEnd(entry, deliveries.get(contentMark) ?? [], shared.has(contentMark), evidence)
    })
    return [...ends, ...wronglyAnswered(evidence, deliveries), ...strangers(evidence)]
  },
}

function wrongEnd(
  { planned, deadLetters, isWaiting, postedAt }: LedgerEntry,
  deliveries: Delivery[],
  isShared: boolean,
  evidence: Evidence,
): string[] {
  const { mark } = planned
  if (isWaiting) return [`${mark} still waits ${evidence.scenario.drainHours} h after the last event`]
  if (deliveries.length === 0 && deadLetters.length === 0) return [`${mark} is lost`]
  if (deadLetters.some(({ code }) => code === undefined)) return [`${mark} was given up by SQS itself`]
  if (postedAt.length > 1) return []
  const isTold = deliveries.some(({ knowledge }) => knowledge === 'told')
  const isKnown = (letter: DeadLetterEntry) => letter.isAnswered && !mayComeAgain(letter.at, evidence)
  if (!isShared && isTold && deadLetters.some(isKnown)) return [`${mark} was delivered and dead-lettered`]
  const isTwice = deadLetters.slice(0, -1).some(isKnown)
  return isTwice ? [`${mark} was dead-lettered twice`] : []
}

/** Whether the message of a letter may be received again: its worker died before its end, or SQS did not delete it. */
function mayComeAgain(at: number, { deaths, scenario: { sqs } }: Evidence): boolean {
  if (sqs.failed + sqs.partial + sqs.slow > 0) return true
  return deaths.some(death => death.at >= at && death.at < at + invocationMs)
}

/** RudderStack drops what is answered with 4xx: nothing good may be, and what is refused goes nowhere. */
function wronglyAnswered({ ledger }: Evidence, deliveries: Map<string, Delivery[]>): string[] {
  return ledger.entries().flatMap(({ planned: { mark, expected }, refused }) => {
    if (expected === 'delivered' && refused) return [`${mark} is good and was refused with ${refused.status}`]
    return expected !== 'delivered' && deliveries.has(mark)
      ? [`${mark} is ${expected} and was delivered`]
      : []
  })
}

function strangers({ ledger }: Evidence): string[] {
  return ledger.strangers.map(body => `a message belongs to no event: ${body.slice(0, 80)}`)
}
