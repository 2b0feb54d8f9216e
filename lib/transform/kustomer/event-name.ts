import type { Note } from '../call.ts'
import { leaveOut, note } from '../note.ts'
import { type DeliveredType, eventNameFrom } from '../parse.ts'
import { isOn, type Settings } from '../settings.ts'
import { cleanName } from '../text/fit-name.ts'
import { hash } from '../text/hash.ts'
import type { View } from '../view.ts'
import { limits } from './limits.ts'

/** The types of event that are recorded on a timeline. */
export type ActivityType = Exclude<DeliveredType, 'identify'>

/** The name that is sent, and the sender's own name if fitting lost a part of it. */
export interface EventName {
  name: string
  original?: string
}

/** The most names that are remembered of each type. */
const maxKnown = 2_000
const plainTrack = /^[A-Za-z][A-Za-z0-9_.-]{1,254}$/
const letter = /^[A-Za-z]/
const letterOrDigit = /[A-Za-z0-9]/

/** What comes before the name of each type. It is the whole name if the sender gave none. */
const prefixes = { track: '', page: 'Web-Page-Viewed', screen: 'Screen-Viewed' }
const generics = { page: 'genericPage', screen: 'genericScreen' } as const

/** The name of an event. The event has been read: a track has a name. */
export function eventName(
  type: ActivityType,
  view: View,
  settings: Partial<Settings>,
  notes: Note[],
): EventName {
  const given = eventNameFrom(type, view, notes)
  if (given === undefined) return { name: prefixes[type] }
  if (type !== 'track' && isOn(settings, generics[type])) {
    leaveOut(notes, given.path, `the setting ${generics[type]} is on`)
    return { name: prefixes[type] }
  }
  if (!isOn(settings, 'advancedTransform')) return { name: prefixOf(type) + given.value }
  const { fitted, why } = knownName(type, given.value)
  if (why !== undefined) note(notes, given.path, 'converted', why)
  return fitted
}

/** A fitted name, with the reason for its note if fitting changed it. */
interface KnownName {
  fitted: EventName
  why: string | undefined
}

/** By type, since each type has its own prefix. */
const known: Record<ActivityType, Map<string, KnownName>> = {
  track: new Map(),
  page: new Map(),
  screen: new Map(),
}

/** `fitName` with a bounded memory, as `knownKey` has: events have few names, and each comes again and again. */
function knownName(type: ActivityType, given: string): KnownName {
  const names = known[type]
  const found = names.get(given)
  if (found !== undefined) return found
  const prefix = prefixOf(type)
  const fitted = fitName(given, prefix)
  const isChanged = fitted.name !== prefix + given
  const name = {
    fitted,
    why: isChanged ? 'to the characters that Kustomer takes' : undefined,
  }
  if (given.length > limits.eventNameLength) return name
  if (names.size === maxKnown) names.clear()
  names.set(given, name)
  return name
}

function prefixOf(type: ActivityType): string {
  return type === 'track' ? '' : `${prefixes[type]}-`
}

/**
 * A name in Kustomer's form, after `prefix`. The prefix of a track is empty: then the name must start with a letter and
 * have two characters. Fitting a fitted name changes nothing.
 */
export function fitName(given: string, prefix: string): EventName {
  if (prefix === '' && plainTrack.test(given)) return { name: given }
  const { cleaned, isLossy } = cleanName(given)
  const isNameless = cleaned === ''
  const part = isNameless ? hash(given) : cleaned
  const before = prefix === '' && (isNameless || part.length < 2 || !letter.test(part)) ? 'Event-' : prefix
  const name = (before + part).slice(0, limits.eventNameLength)
  const isCutShort = letterOrDigit.test((before + part).slice(limits.eventNameLength))
  return isNameless || isLossy || isCutShort ? { name, original: given.trim() } : { name }
}
