import type { Note } from '../call.ts'
import { leaveOut } from '../note.ts'
import { isOn, type Settings } from '../settings.ts'
import { cleanKey } from '../text/fit-name.ts'
import type { Fields } from '../view.ts'
import { fitMeta, type Stamp } from './fit-meta.ts'
import type { Json, Meta } from './types.ts'

/** Properties that are none of the event's own: they say to which session it belongs. */
const linkKeys: ReadonlySet<string> = new Set([
  'kustomerSessionId',
  'kustomer_session_id',
  'kustomerTrackingId',
  'kustomer_tracking_id',
])
const linkStart = 'k'.charCodeAt(0)

/**
 * The `meta` of an event, or undefined where it would be empty. With `advancedTransform` keys and values are fitted to
 * Kustomer's patterns; without, they go as they are, null leaves too.
 */
export function metaOf(
  properties: Fields,
  stamps: readonly Stamp[],
  settings: Partial<Settings>,
  notes: Note[],
): Meta | undefined {
  const dropsEmail = isOn(settings, 'disableEmailAsTrackingProperty')
  const isUnwanted = dropsEmail ? isLinkOrEmail : isLink
  if (isOn(settings, 'advancedTransform')) return fitMeta(properties, isUnwanted, stamps, notes)
  const entries: [string, Json][] = []
  for (const [key, value] of Object.entries(properties))
    if (value !== undefined && !isUnwanted(key, notes)) entries.push([key, value as Json])
  const has = (key: string) => entries.some(([taken]) => taken === key)
  for (const { key, value } of stamps) if (!has(key)) entries.push([key, value])
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

function isLink(key: string): boolean {
  return key.charCodeAt(0) === linkStart && linkKeys.has(key)
}

/** Whether a property is no part of `meta`; says so where that is not plain from the key. */
function isLinkOrEmail(key: string, notes: Note[]): boolean {
  return isLink(key) || isEmail(key, notes)
}

function isEmail(key: string, notes: Note[]): boolean {
  if (key.toLowerCase() !== 'email' && cleanKey(key).toLowerCase() !== 'email') return false
  leaveOut(notes, `properties.${key}`, 'the setting disableEmailAsTrackingProperty is on')
  return true
}
