import type { LedgerEntry } from '../ledger.ts'
import { acceptedEvents, deliveriesOf } from './deliveries.ts'
import type { Evidence } from './evidence.ts'

/** How much later the others may be served: at the 95th percentile 1.5 times and 1 s. */
const allowed = { factor: 1.5, ms: 1_000 }

/**
 * Property 3, second half: "A person whose event waits, hangs, is slow, huge or hostile delays nobody else by more than
 * a second or two". Compares a run with a bad person and the same run without; `isBad` tells the bad person's external
 * ids. Gives what is wrong, one text each.
 */
export function nobodyElseWaits(
  evidence: Evidence,
  without: Evidence,
  isBad: (externalId: string) => boolean,
): string[] {
  const [now, before] = [evidence, without].map(one => othersDelayMs(one, isBad))
  if (now === undefined || before === undefined) return []
  const most = allowed.factor * before + allowed.ms
  return now > most ? [`others wait ${seconds(now)} s instead of ${seconds(before)} s`] : []
}

/**
 * The 95th percentile of the milliseconds from the webhook's 2xx to the delivery of an event that is not the bad
 * person's. Undefined without such events.
 */
export function othersDelayMs(
  evidence: Evidence,
  isBad: (externalId: string) => boolean,
): number | undefined {
  return percentile(
    delaysOf(evidence, ({ planned }) => !isBad(planned.externalId ?? '')),
    0.95,
  )
}

/**
 * Milliseconds from the webhook's 2xx to the delivery or dead letter; to the end of the run for what still waits. What
 * was skipped, since Kustomer had its content already, is not counted.
 */
function delaysOf(evidence: Evidence, isWanted: (entry: LedgerEntry) => boolean): number[] {
  const deliveries = deliveriesOf(evidence)
  return acceptedEvents(evidence)
    .filter(isWanted)
    .flatMap(({ planned, acceptedAt: [takenAt = 0], deadLetters, isWaiting }) => {
      const first = deliveries.get(planned.contentMark)?.find(({ at }) => at >= takenAt)
      const endedAt = first?.at ?? deadLetters[0]?.at ?? (isWaiting ? evidence.endMs : undefined)
      return endedAt === undefined ? [] : [endedAt - takenAt]
    })
}

function percentile(values: number[], part: number): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)]
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1)
}
