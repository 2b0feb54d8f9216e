import { firstText, type Place, type View } from './view.ts'

/** The types of event that are delivered. */
export type DeliveredType = 'identify' | 'track' | 'page' | 'screen'

const places: readonly Place[] = [
  { path: 'event', place: 'event', key: 'event' },
  { path: 'properties.event', place: 'properties', key: 'event' },
  { path: 'name', place: 'event', key: 'name' },
  { path: 'properties.name', place: 'properties', key: 'name' },
]
const trackPlaces = places.slice(0, 1)

/**
 * The name that the sender gave, and where: of a track its `event`, to the letter; of a page or screen the first name
 * found, trimmed. Undefined where there is none, and for an identify, which needs none.
 */
export function givenName(type: DeliveredType, view: View): { path: string; value: string } | undefined {
  if (type === 'identify') return undefined
  if (type === 'track') return firstText(view, trackPlaces)
  const found = firstText(view, places)
  return found && { path: found.path, value: found.value.trim() }
}
