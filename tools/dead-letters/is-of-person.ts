import { parseEvent } from '../../lib/index.ts'
import { openEnvelope } from '../../lib/queue/envelope.ts'
import type { DeadLetterMessage } from './dead-letter-message.ts'

/**
 * Whether the event of a dead letter belongs to one of these external ids: its user id, else its anonymous id. An event
 * that cannot be read belongs to a person whose id its text holds, so that nobody is overlooked. Never throws.
 */
export function isOfPerson({ body }: DeadLetterMessage, externalIds: string[]): boolean {
  const opened = openEnvelope(body)
  const isNamed = () => externalIds.some(id => body.includes(JSON.stringify(id).slice(1, -1)))
  if (opened.kind !== 'envelope') return isNamed()
  try {
    const event = parseEvent(opened.envelope.event)
    return event.kind === 'event' ? externalIds.includes(event.externalId) : isNamed()
  } catch {
    return isNamed()
  }
}
