import { firstOf, own, textOf, type View } from '../view.ts'

/** The types of event that are delivered. A new one is a row here. */
export type DeliveredType = 'identify' | 'track' | 'page' | 'screen'

/** What a page's or screen's event is called without a name of its own. */
export const genericNames = { page: 'Web-Page-Viewed', screen: 'Screen-Viewed' } as const

/**
 * The name that the sender gave: of a track its `event`, of a page or screen the first name found, trimmed.
 * Undefined where there is none.
 */
export function activityName(type: Exclude<DeliveredType, 'identify'>, view: View): string | undefined {
  const { event, properties } = view
  if (type === 'track') return textOf(own(event, 'event'))
  const values = [own(event, 'event'), own(properties, 'event'), own(event, 'name'), own(properties, 'name')]
  return firstOf(values, textOf)?.trim()
}
