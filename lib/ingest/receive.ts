import { channel } from 'node:diagnostics_channel'
import { metrics as names, webhook } from '../policy.ts'
import type { DeadLetter } from '../queue/dead-letter.ts'
import { deadLetterIdOf } from '../queue/envelope.ts'
import { labelText } from '../queue/event-label.ts'
import { type Sealed, sealDeadLetter } from '../queue/sqs.ts'
import type { Clock } from '../runtime/clock.ts'
import type { MetricsPort } from '../runtime/metrics.ts'
import { type Accepted, accept } from './accept.ts'
import { type Member, membersOf } from './members.ts'
import { refused, type WebhookResponse } from './response.ts'

/** What receiving needs from outside. Both queue functions reject when SQS did not take everything, or when aborted. */
export interface ReceivePorts {
  enqueue(messages: Sealed[], signal: AbortSignal): Promise<void>
  sendDeadLetters(messages: Sealed[], signal: AbortSignal): Promise<void>
  metrics: Pick<MetricsPort, 'add'>
  clock: Pick<Clock, 'now'>
  /** The stack's salt for message groups. */
  personSalt: string
}

const ends = { queue: 'queued', ignored: 'ignored', refused: 'deadLettered' } as const
const countedAs = { queue: names.queued, ignored: names.ignored, refused: names.deadLettered } as const
const accepted = channel('kustomer-relay:accepted')

/**
 * Puts one event (an object) or several (a list) on the queue, and resolves only when SQS has them. A single invalid
 * event is refused, since RudderStack then shows the reason to its user. Among several, an invalid event goes to the
 * dead-letter queue and the others are queued. Once `signal` is aborted, nothing more is sent. Rejects when a queue
 * does.
 */
export async function receive(
  body: string,
  ports: ReceivePorts,
  signal: AbortSignal,
): Promise<WebhookResponse> {
  const split = membersOf(body)
  if (split.kind === 'tooMany')
    return refused(
      413,
      'TOO_MANY_EVENTS',
      `A request holds at most ${webhook.maxEvents} events. Set a smaller batch.`,
    )
  const events = split.kind === 'notJson' ? undefined : acceptAll(split.members, ports)
  if (!events) return refused(400, 'NOT_JSON', 'The body is not JSON. Check what the destination sends.')
  const [first] = events
  if (!first) return refused(400, 'EMPTY', 'The list holds no event. Check what the destination sends.')
  return split.kind === 'one' ? receiveOne(first, ports, signal) : receiveMany(events, ports, signal)
}

/** Parses the events one by one, so that only one parsed event is in memory. Undefined when one is not JSON. */
function acceptAll(members: Member[], { clock, personSalt }: ReceivePorts): Accepted[] | undefined {
  try {
    return members.map(member => accept(member, clock.now(), personSalt))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function receiveOne(
  event: Accepted,
  ports: ReceivePorts,
  signal: AbortSignal,
): Promise<WebhookResponse> {
  ports.metrics.add(names.received, 1)
  if (event.kind === 'refused') {
    publish(event, 'refused')
    const { code, message, issues } = event.refusal
    return refused(code === 'TOO_LARGE' ? 413 : 400, code, message, issues)
  }
  if (event.kind === 'queue') await ports.enqueue([event.sealed], signal)
  tell(event, ports.metrics)
  if (event.kind === 'ignored') return { statusCode: 202, body: { status: 'ignored', reason: event.reason } }
  return { statusCode: 202, body: { status: 'queued', messageId: event.messageId } }
}

async function receiveMany(
  events: Accepted[],
  ports: ReceivePorts,
  signal: AbortSignal,
): Promise<WebhookResponse> {
  const { metrics, clock } = ports
  metrics.add(names.received, events.length)
  const messages = events.flatMap(event => (event.kind === 'queue' ? [event.sealed] : []))
  await ports.enqueue(messages, signal)
  const bad = events.filter(event => event.kind === 'refused')
  const deadLetters = bad.map(event =>
    sealDeadLetter(deadLetterOf(event, clock.now()), deadLetterIdOf(event.body)),
  )
  await ports.sendDeadLetters(deadLetters, signal)
  for (const event of events) tell(event, metrics)
  const count = (kind: Accepted['kind']) => events.filter(event => event.kind === kind).length
  return {
    statusCode: 202,
    body: { queued: count('queue'), ignored: count('ignored'), deadLettered: bad.length },
  }
}

function deadLetterOf(event: Accepted & { kind: 'refused' }, failedAtMs: number): DeadLetter {
  const { body, refusal, type, name, messageId } = event
  const { code, message } = refusal
  return { body, code, why: message, attempts: 0, failedAtMs, eventType: type, eventName: name, messageId }
}

function tell(event: Accepted, metrics: Pick<MetricsPort, 'add'>) {
  const { kind } = event
  metrics.add(countedAs[kind], 1)
  publish(event, ends[kind])
}

function publish(event: Accepted, end: 'queued' | 'ignored' | 'deadLettered' | 'refused') {
  const { kind, messageId, type } = event
  accepted.publish({
    eventId: messageId,
    event: labelText(event),
    type,
    person: kind === 'queue' ? event.sealed.groupId : undefined,
    end,
    reason: reasonOf(event),
    // Only for a tool in the same process, such as the local console. It is never logged.
    body: kind === 'queue' ? event.sealed.body : kind === 'refused' ? event.body : undefined,
  })
}

function reasonOf(event: Accepted): string | undefined {
  if (event.kind === 'refused') return `${event.refusal.code}: ${event.refusal.message}`
  return event.kind === 'ignored' ? event.reason : undefined
}
