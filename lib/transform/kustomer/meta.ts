import type { Note } from '../call.ts'
import { cleanKey } from '../coerce/fit-name.ts'
import { leaveOut } from '../note.ts'
import { isOn, type Settings } from '../settings.ts'
import type { Fields } from '../view.ts'
import { fitMeta } from './fit-meta.ts'
import type { Json, Meta } from './types.ts'

/** What is added to an event's properties, unless one of them has the key. */
export interface Stamp {
  key: string
  value: string
}

/** Properties that are none of the event's own: they say to which session it belongs. */
const linkKeys: ReadonlySet<string> = new Set([
  'kustomerSessionId',
  'kustomer_session_id',
  'kustomerTrackingId',
  'kustomer_tracking_id',
])

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
  const keys = wantedKeys(properties, settings, notes)
  if (keys.length === 0 && stamps.length === 0) return undefined
  if (isOn(settings, 'advancedTransform')) return fitMeta(properties, keys, stamps, notes)
  const entries: [string, Json][] = []
  for (const key of keys) if (properties[key] !== undefined) entries.push([key, properties[key] as Json])
  for (const { key, value } of stamps)
    if (properties[key] === undefined || !keys.includes(key)) entries.push([key, value])
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

function wantedKeys(properties: Fields, settings: Partial<Settings>, notes: Note[]): string[] {
  const keys = Object.keys(properties)
  const mayHaveEmail = !isOn(settings, 'disableEmailAsTrackingProperty')
  if (mayHaveEmail && !keys.some(isLink)) return keys
  return keys.filter(key => !isLink(key) && (mayHaveEmail || !isEmail(key, notes)))
}

function isLink(key: string): boolean {
  return linkKeys.has(key)
}

function isEmail(key: string, notes: Note[]): boolean {
  if (key.toLowerCase() !== 'email' && cleanKey(key).toLowerCase() !== 'email') return false
  leaveOut(notes, `properties.${key}`, 'the setting disableEmailAsTrackingProperty is on')
  return true
}
