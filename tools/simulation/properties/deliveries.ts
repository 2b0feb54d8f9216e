import type { KustomerCall } from '../kustomer-log.ts'
import type { LedgerEntry } from '../ledger.ts'
import type { Mark } from '../marks.ts'
import type { Evidence, Freeze } from './evidence.ts'

/**
 * What the relay could know of a request that Kustomer carried out:
 * `told`: it got a success, and its container lived until that was safe;
 * `lost`: no success reached it, however long it had waited;
 * `impatient`: it would have been told, had it waited as long as the design says;
 * `died`: its container ended before what it knew was safe;
 * `unsaved`: it was told, and the table did not take or give the record at that time.
 */
export type Knowledge = 'told' | 'lost' | 'impatient' | 'died' | 'unsaved'

/** A request that Kustomer carried out, and what the relay could know of that. */
export interface Delivery {
  call: KustomerCall
  /** When it was carried out. */
  at: number
  knowledge: Knowledge
}

/** The longest that an invocation takes. */
const invocationMs = 60_000

/** Milliseconds that the relay waits for an answer: a time-out of a tracking event risks a double. */
const patienceMs = { record: 15_000, write: 8_000 }

/** All requests that were carried out, by the mark of the content that they brought, oldest first. */
export function deliveriesOf(evidence: Evidence): Map<Mark, Delivery[]> {
  const { calls, deaths, freezes, design } = evidence
  const found = new Map<Mark, Delivery[]>()
  const death = new Map(deaths.map(({ container, at }) => [container, at]))
  const last = new Map<string, number>()
  for (const { container, invocation } of calls)
    last.set(container, Math.max(invocation, last.get(container) ?? 0))
  for (const call of calls) {
    if (!call.isApplied || call.arrivedAt === undefined) continue
    const { container, invocation } = call
    const diedAt = invocation === last.get(container) ? death.get(container) : undefined
    const known = knowledgeOf(call, diedAt, saveMsOf(call, freezes, design.recordSaveMs))
    const knowledge = known === 'told' && hadNoTable(evidence, call) ? 'unsaved' : known
    for (const mark of call.marks) {
      const list = found.get(mark) ?? []
      list.push({ call, at: call.arrivedAt, knowledge })
      found.set(mark, list)
    }
  }
  for (const list of found.values()) list.sort((a, b) => a.at - b.at)
  return found
}

function knowledgeOf(call: KustomerCall, diedAt: number | undefined, saveMs: number): Knowledge {
  const { repliedAt = Number.POSITIVE_INFINITY, sentAt, neededMs } = call
  if (diedAt !== undefined && diedAt <= repliedAt + saveMs) return 'died'
  if (call.isSuccess) return 'told'
  const wouldWaitMs = call.kind === 'record' ? patienceMs.record : patienceMs.write
  return call.status === 0 && neededMs < wouldWaitMs && repliedAt < sentAt + neededMs ? 'impatient' : 'lost'
}

/**
 * Whether a container could not reach the person records in the invocation of this request, as far as times tell: then
 * it goes on with what it knows by itself.
 */
export function hadNoTable(
  { tableFailures }: Evidence,
  { container, sentAt, repliedAt = sentAt }: KustomerCall,
) {
  return tableFailures.some(
    failure =>
      failure.of === 'people' &&
      failure.container === container &&
      failure.at > sentAt - invocationMs &&
      failure.at < repliedAt + invocationMs,
  )
}

/** Milliseconds from a response until the record is saved: later by each time for which the container stood still. */
function saveMsOf(
  { container, repliedAt = Infinity }: KustomerCall,
  freezes: readonly Freeze[],
  saveMs: number,
): number {
  const own = freezes.filter(freeze => freeze.container === container).toSorted((a, b) => a.at - b.at)
  return own.reduce((ms, freeze) => {
    const isHeld = freeze.at <= repliedAt + ms && freeze.at + freeze.ms > repliedAt
    return isHeld ? ms + freeze.ms : ms
  }, saveMs)
}

/** The events that the webhook took and that are to be delivered. */
export function acceptedEvents({ ledger }: Evidence): LedgerEntry[] {
  return ledger
    .entries()
    .filter(({ planned, acceptedAt }) => planned.expected === 'delivered' && acceptedAt.length > 0)
}

/** The marks that more than one event brings: what was delivered cannot be told apart. */
export function sharedMarks({ ledger }: Evidence): Set<Mark> {
  const shared = ledger.entries().filter(({ planned }) => planned.contentMark !== planned.mark)
  return new Set(shared.map(({ planned }) => planned.contentMark))
}
