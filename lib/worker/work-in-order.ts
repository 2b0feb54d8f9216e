import type { SQSRecord } from 'aws-lambda'
import type { Outcome } from '../delivery/outcome.ts'
import { isDelivered } from '../people/delivered.ts'
import type { People } from '../people/people.ts'
import type { Person } from '../people/person.ts'
import { worker as limits } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Call } from '../transform/call.ts'
import type { End } from './carry-out.ts'
import { mergeIdentifies, type Step } from './merge-identifies.ts'
import { describeBug, type ParsedRecord } from './parse-record.ts'
import { deadLetterMark, rememberEnd } from './remember-end.ts'
import type { Settlement } from './settle.ts'

/** What processing a batch needs from outside. */
export interface WorkPorts {
  parse(record: SQSRecord): ParsedRecord
  deliver(call: Call, parsed: ParsedRecord, person: Person, isMerged: boolean): Promise<Outcome>
  /** The hash that person records hold in place of a text. */
  hash(text: string): string
  people: People
  settlement: Settlement
  clock: Clock
}

/**
 * Processes one person's messages in order, each with exactly one decision, and saves the person's record before any of
 * them is acknowledged. A message that is retried holds back the later ones, and so does a person whose time budget is
 * used up. `waitSeconds` is set when an earlier message waits already. Resolves to the seconds that the person waits
 * now. Never throws.
 */
export async function workInOrder(
  groupId: string,
  messages: ParsedRecord[],
  ports: WorkPorts,
  waitSeconds?: number,
): Promise<number | undefined> {
  const { people, settlement, clock } = ports
  const person = people.get(groupId)
  const untilMs = clock.now() + limits.personBudgetMs
  let steps = mergeIdentifies(
    messages.map(one => withoutRepeat(one, person, ports)),
    person.newestIdentifyMs,
  )
  const ends: End[] = []
  let waiting = waitSeconds
  let isOver = false
  for (let step = steps.shift(); step; step = steps.shift()) {
    const mayStart = waiting === undefined && clock.now() < untilMs
    const outcome = mayStart ? await attempt(step, person, ports) : waits(waiting)
    if (isOneOfMany(outcome, step)) {
      steps = [...step.parsed.map(one => ({ plan: one.plan, parsed: [one] })), ...steps]
      continue
    }
    for (const parsed of step.parsed) {
      const own = waiting === undefined ? outcome : waits(waiting)
      const decision = await settlement.applyDecision(parsed, own, person)
      rememberEnd(parsed, own, decision, person, ports)
      if (decision.kind === 'retry') waiting ??= decision.inSeconds
      ends.push({ parsed, decision })
    }
    if (steps.length > 0) void clock.sleep(limits.saveWithinMs).then(() => isOver || people.save(groupId))
  }
  // A save that came later could get in the way of another invocation's.
  isOver = true
  await people.save(groupId)
  await settlement.finish(ends)
  return waiting
}

async function attempt({ plan, parsed }: Step, person: Person, ports: WorkPorts): Promise<Outcome> {
  // The last of merged identifies is the newest, so its event time is the time of the write.
  const last = parsed.at(-1)
  const isCall = plan.kind === 'upsertCustomer' || plan.kind === 'recordEvent' || plan.kind === 'skip'
  if (!last || !isCall) return plan as Outcome
  // The same event may be in one batch twice.
  if (parsed.length === 1 && isRepeat(last, person, ports)) return repeated
  try {
    return await ports.deliver(plan, last, person, parsed.length > 1)
  } catch (error) {
    return { kind: 'failed', why: describeBug(error) }
  }
}

/** Kustomer's refusal of a merged write need not apply to each of its events, so each is then tried alone. */
function isOneOfMany(outcome: Outcome, step: Step): boolean {
  return step.parsed.length > 1 && (outcome.kind === 'rejected' || outcome.kind === 'conflict')
}

const repeated: Outcome = { kind: 'skipped', why: 'delivered before', spared: 'deduplicated' }

function withoutRepeat(parsed: ParsedRecord, person: Person, ports: WorkPorts): ParsedRecord {
  return isRepeat(parsed, person, ports) ? { ...parsed, plan: repeated } : parsed
}

function isRepeat({ deliveryId, record }: ParsedRecord, person: Person, { hash, clock }: WorkPorts): boolean {
  const ids = deliveryId === undefined ? [deadLetterMark(record)] : [deliveryId, deadLetterMark(record)]
  return ids.some(id => isDelivered(person, hash(id), clock.now()))
}

function waits(inSeconds: number | undefined): Outcome {
  return inSeconds === undefined
    ? { kind: 'unattempted', inSeconds: 1, why: 'the time for this person is used up' }
    : { kind: 'unattempted', inSeconds, why: 'an earlier event of the same person waits', isBehind: true }
}
