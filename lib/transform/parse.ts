import { InvalidEventError } from '../errors.ts'
import type { Note } from './call.ts'
import { firstText, type Place } from './first-text.ts'
import { type ExternalId, externalIdOf } from './identity.ts'
import { isFields, kindOf, own, type View, viewOf } from './view.ts'

/** The types of event that are delivered. */
export type DeliveredType = 'identify' | 'track' | 'page' | 'screen'

/** What ingest and the queue need to know of an event that can be delivered, or why one is skipped. */
export type ParsedEvent =
  | { kind: 'event'; type: DeliveredType; externalId: string; externalIdFrom: ExternalId['from'] }
  | { kind: 'skip'; why: string }

/** An event with its parts, for the transformation. */
export type ReadEvent =
  | { kind: 'event'; type: DeliveredType; view: View; externalId: ExternalId }
  | { kind: 'skip'; why: string }

/**
 * Reads an event of RudderStack. The result does not depend on settings.
 * @throws InvalidEventError for an event that cannot be delivered: not an object, no type, no usable identity, or a track
 * without a name. Its issues hold paths and kinds, never values.
 */
export function parseEvent(event: unknown): ParsedEvent {
  const read = readEvent(event)
  if (read.kind === 'skip') return read
  const { type, externalId } = read
  return { kind: 'event', type, externalId: externalId.value, externalIdFrom: externalId.from }
}

/**
 * Reads an event and keeps its parts. Values that are passed over are noted. @throws InvalidEventError as `parseEvent`
 * does.
 */
export function readEvent(event: unknown, notes?: Note[]): ReadEvent {
  if (!isFields(event))
    throw new InvalidEventError('NOT_AN_EVENT', [{ path: '', expected: 'an object', got: kindOf(event) }])
  const type = typeOf(own(event, 'type'))
  const integrations = own(event, 'integrations')
  if (isFields(integrations) && own(integrations, 'Kustomer') === false)
    return { kind: 'skip', why: 'its `integrations` exclude Kustomer' }
  if (type === 'identify' || type === 'track' || type === 'page' || type === 'screen') {
    const view = viewOf(event)
    const externalId = externalIdOf(view, notes)
    if (type === 'track' && eventNameFrom(type, view) === undefined)
      throw new InvalidEventError('MISSING_EVENT_NAME', [
        { path: 'event', expected: 'a name that is not blank', got: kindOf(own(event, 'event')) },
      ])
    return { kind: 'event', type, view, externalId }
  }
  return { kind: 'skip', why: 'only identify, track, page and screen events are delivered' }
}

/** The length of the longest type that is delivered. A longer type is not read. */
const maxTypeLength = 'identify'.length

function typeOf(value: unknown): string {
  if (value === 'track' || value === 'page' || value === 'screen' || value === 'identify') return value
  if (typeof value !== 'string' || value.trim() === '')
    throw new InvalidEventError('MISSING_TYPE', [{ path: 'type', expected: 'a type', got: kindOf(value) }])
  if (value.length > maxTypeLength) return ''
  return value.replace(/[A-Z]/g, letter => letter.toLowerCase())
}

const trackPlaces: readonly Place[] = [{ path: 'event', place: 'event', key: 'event' }]
const viewPlaces: readonly Place[] = [
  ...trackPlaces,
  { path: 'properties.event', place: 'properties', key: 'event' },
  { path: 'name', place: 'event', key: 'name' },
  { path: 'properties.name', place: 'properties', key: 'name' },
]

/**
 * The name in an event, and its path. A track has its `event`, unchanged; a page or screen the first name found,
 * trimmed. Undefined if there is none, and for an identify. Values that are passed over are noted.
 */
export function eventNameFrom(
  type: DeliveredType,
  view: View,
  notes?: Note[],
): { path: string; value: string } | undefined {
  if (type === 'identify') return undefined
  if (type === 'track') return firstText(view, trackPlaces, notes)
  const found = firstText(view, viewPlaces, notes)
  return found && { path: found.path, value: found.value.trim() }
}
