import type { SQSBatchResponse, SQSRecord } from 'aws-lambda'
import type { Outcome } from '../delivery/outcome.ts'
import type { Call } from '../transform/call.ts'
import { mergeIdentifies, type Step } from './merge-identifies.ts'
import { describeBug, type ParsedRecord, parseRecord } from './parse-record.ts'
import type { End, Settle } from './settle.ts'

/** What the worker works with: a transformation, a way to deliver, and the carrying out of decisions. */
export interface WorkPorts {
  transform(event: unknown): Call
  deliver(call: Call, opened: ParsedRecord): Promise<Outcome>
  settle: Settle
}

/**
 * The whole worker: a batch's people at once, each person's events in order, each event to exactly one end.
 * An event that waits holds back the later ones of its person, and nobody else. Throws only if `settle.toBatchResponse` does.
 */
export async function work(records: SQSRecord[], ports: WorkPorts): Promise<SQSBatchResponse> {
  const people = Map.groupBy(records, record => record.attributes.MessageGroupId ?? record.messageId)
  const ends = await Promise.all([...people.values()].map(person => workInOrder(person, ports)))
  return ports.settle.toBatchResponse(ends.flat())
}

async function workInOrder(records: SQSRecord[], ports: WorkPorts): Promise<End[]> {
  const ends: End[] = []
  const steps = mergeIdentifies(records.map(record => parseRecord(record, ports.transform)))
  let waitSeconds: number | undefined
  for (let step = steps.shift(); step; step = steps.shift()) {
    const outcome = waitSeconds === undefined ? await attempt(step, ports) : waitsBehind(waitSeconds)
    if (mayBeOneOfMany(outcome, step)) {
      steps.unshift(...step.opened.map(one => ({ plan: one.plan, opened: [one] })))
      continue
    }
    for (const opened of step.opened) {
      const own = waitSeconds === undefined ? outcome : waitsBehind(waitSeconds)
      const decision = await ports.settle.applyDecision(opened, own)
      if (decision.kind === 'retry') waitSeconds ??= decision.inSeconds
      ends.push({ opened, decision })
    }
  }
  return ends
}

async function attempt({ plan, opened: [first] }: Step, ports: WorkPorts): Promise<Outcome> {
  if (plan.kind !== 'upsertCustomer' && plan.kind !== 'recordEvent' && plan.kind !== 'skip') return plan
  try {
    return await ports.deliver(plan, first as ParsedRecord)
  } catch (error) {
    return { kind: 'failed', why: describeBug(error) }
  }
}

/** A merged write that is refused says nothing of the single events: each is then asked for itself. */
function mayBeOneOfMany(outcome: Outcome, step: Step): boolean {
  return step.opened.length > 1 && (outcome.kind === 'rejected' || outcome.kind === 'conflict')
}

function waitsBehind(inSeconds: number): Outcome {
  return { kind: 'unattempted', inSeconds, why: 'an earlier event of the same person waits' }
}
