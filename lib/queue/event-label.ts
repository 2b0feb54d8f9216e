/** RudderStack's event types (sources of rudder-server, read 2026-08). Any other type is free text of the sender. */
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
 * How logs, dead letters and the console name an event. It holds no personal data: one of RudderStack's types in lower
 * case, and the name of a track. The titles of pages and screens may hold a person's name, so they are left out.
 */
export interface EventLabel {
  type?: (typeof types)[number]
  /** At most 128 characters. */
  name?: string
}

/** The label of an event, which may be any value. Never throws. */
export function labelOf(event: unknown): EventLabel {
  const fields: { type?: unknown; event?: unknown } = typeof event === 'object' && event !== null ? event : {}
  const written = typeof fields.type === 'string' ? fields.type.toLowerCase() : undefined
  const type = types.find(known => known === written)
  const name = type === 'track' ? textOf(fields.event) : ''
  return { ...(type && { type }), ...(name && { name }) }
}

/** A label as text: `track Order Completed`, `identify`, or `event` when the type is not known. */
export function labelText({ type, name }: EventLabel): string {
  return [type, name].filter(Boolean).join(' ') || 'event'
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return text.trim().slice(0, maxNameLength)
}
