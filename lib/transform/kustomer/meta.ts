import type { Note } from '../call.ts'
import { roomyObject } from '../roomy-object.ts'
import { setOwn } from '../set-own.ts'
import { isOn, type Settings } from '../settings.ts'
import type { Fields } from '../view.ts'
import { fitMeta, type Stamp } from './fit-meta.ts'
import { isEmail, isLink } from './properties.ts'
import type { Json, Meta } from './types.ts'

/**
 * The `meta` of an event. Undefined if it would be empty. With `advancedTransform` keys and values are fitted to
 * Kustomer's patterns; without it they go as they are, null leaves too.
 */
export function metaOf(
  properties: Fields,
  stamps: readonly Stamp[],
  settings: Partial<Settings>,
  notes: Note[],
): Meta | undefined {
  const dropsEmail = isOn(settings, 'disableEmailAsTrackingProperty')
  if (isOn(settings, 'advancedTransform')) return fitMeta(properties, dropsEmail, stamps, notes)
  const meta = roomyObject<Meta>() as Meta
  let isEmpty = stamps.length === 0
  for (const key of Object.keys(properties)) {
    const value = properties[key]
    if (value === undefined || isLink(key) || (dropsEmail && isEmail(key, notes))) continue
    setOwn(meta, key, value as Json)
    isEmpty = false
  }
  for (const { key, value } of stamps) if (!Object.hasOwn(meta, key)) meta[key] = value
  return isEmpty ? undefined : meta
}
