/** RudderStack's event types (sources of rudder-server, read 2026-08): any other is a text of the sender's own. */
const types = [
  'identify',
  'track',
  'page',
  'screen',
  'group',
  'alias',
  'merge',
  'record',
  'audiencelist',
] as const

const maxNameLength = 128

/**
 * What logs, dead letters and the console call an event. It holds nothing personal: a type that RudderStack has, in
 * small letters, and the name of a track. Titles of pages and screens and the name in an identify may be a person's.
 */
export interface EventLabel {
  type?: (typeof types)[number]
  /** At most 128 characters. */
  name?: string
}

/** The label of an event, whatever the sender sent as one. Never throws. */
export function labelOf(event: unknown): EventLabel {
  const fields: { type?: unknown; event?: unknown } = typeof event === 'object' && event !== null ? event : {}
  const written = typeof fields.type === 'string' ? fields.type.toLowerCase() : undefined
  const type = types.find(known => known === written)
  const name = type === 'track' ? textOf(fields.event) : ''
  return { ...(type && { type }), ...(name && { name }) }
}

/** A label in words: `track Order Completed`, `identify`, or `event` where the type is not known. */
export function labelText({ type, name }: EventLabel): string {
  return [type, name].filter(Boolean).join(' ') || 'event'
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return text.trim().slice(0, maxNameLength)
}
