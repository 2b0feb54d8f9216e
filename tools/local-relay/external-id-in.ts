import { parseEvent } from '../../lib/index.ts'
import { openEnvelope } from '../../lib/queue/envelope.ts'

/** Returns the external id of the event in a message's body; undefined if it has none. Never throws. */
export function externalIdIn(body: string): string | undefined {
  const opened = openEnvelope(body)
  if (opened.kind !== 'envelope') return undefined
  try {
    const parsed = parseEvent(opened.envelope.event)
    return parsed.kind === 'event' ? parsed.externalId : undefined
  } catch {
    return undefined
  }
}
