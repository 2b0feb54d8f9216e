import type { Note, RecordEvent } from '../call.ts'
import type { Place } from '../first-text.ts'
import { type ExternalId, emailOf } from '../identity.ts'
import { leaveOut, note, noteNoId, noteNoText } from '../note.ts'
import { isOn, type Settings } from '../settings.ts'
import { toDateTime } from '../text/date-time.ts'
import { hasEmailForm } from '../text/email.ts'
import { idOf, own, textOf, type View } from '../view.ts'
import { type ActivityType, eventName } from './event-name.ts'
import type { Stamp } from './fit-meta.ts'
import { metaOf } from './meta.ts'

/**
 * Turns a track, page or screen into a call that records it on a timeline. A track has a name: `readEvent` checked it.
 */
export function toRecordEvent(
  type: ActivityType,
  view: View,
  externalId: ExternalId,
  settings: Partial<Settings>,
  notes: Note[],
): RecordEvent {
  const identity: RecordEvent['identity'] = { externalId: externalId.value }
  const email = isOn(settings, 'setIdentityEmail') ? emailFor(view, settings, notes) : undefined
  if (email !== undefined) identity.email = email
  const { name, original } = eventName(type, view, settings, notes)
  const event: RecordEvent['event'] = { name }
  const meta = metaOf(view.properties, stampsOf(view, original, settings, notes), settings, notes)
  if (meta !== undefined) event.meta = meta
  const sessionId = firstId(view, sessionPlaces, notes)
  if (sessionId !== undefined) event.sessionId = sessionId
  const trackingId = firstId(view, trackingPlaces, notes)
  if (trackingId !== undefined) event.trackingId = trackingId
  return { kind: 'recordEvent', identity, event, notes }
}

const noStamps: readonly Stamp[] = []

/**
 * What is added to the properties: the sender's own name, and with `stampEvents` the event's id and time. Kustomer stamps
 * events when they arrive, so a late one loses its time otherwise.
 */
function stampsOf(
  view: View,
  original: string | undefined,
  settings: Partial<Settings>,
  notes: Note[],
): readonly Stamp[] {
  const isStamping = isOn(settings, 'stampEvents')
  if (original === undefined && !isStamping) return noStamps
  const stamps: Stamp[] = original === undefined ? [] : [{ key: 'eventName', value: original }]
  if (!isStamping) return stamps
  const messageId = stampText(view, 'messageId', notes)
  if (messageId !== undefined) stamps.push({ key: 'messageId', value: messageId })
  const at = originalTime(view, settings, notes)
  if (at !== undefined) stamps.push({ key: 'originalTimestampAt', value: at })
  return stamps
}

function originalTime(view: View, settings: Partial<Settings>, notes: Note[]): string | undefined {
  const given = stampText(view, 'originalTimestamp', notes)
  if (given === undefined || !isOn(settings, 'advancedTransform')) return given
  const at = toDateTime(given)
  if (at === undefined) return leaveOut(notes, 'originalTimestamp', 'not a date-time')
  if (at !== given) note(notes, 'originalTimestamp', 'converted', 'a date is sent as a date-time in UTC')
  return at
}

function stampText({ event }: View, key: string, notes: Note[]): string | undefined {
  const given = own(event, key)
  return textOf(given) ?? noteNoText(notes, key, given)
}

function emailFor(view: View, settings: Partial<Settings>, notes: Note[]): string | undefined {
  const email = emailOf(view, notes)
  if (email === undefined || !isOn(settings, 'advancedTransform') || hasEmailForm(email.value))
    return email?.value
  return leaveOut(notes, email.path, 'not the form of an e-mail address')
}

const sessionPlaces: readonly Place[] = [
  { path: 'properties.kustomerSessionId', place: 'properties', key: 'kustomerSessionId' },
  { path: 'properties.kustomer_session_id', place: 'properties', key: 'kustomer_session_id' },
  { path: 'context.sessionId', place: 'context', key: 'sessionId' },
]
const trackingPlaces: readonly Place[] = [
  { path: 'properties.kustomerTrackingId', place: 'properties', key: 'kustomerTrackingId' },
  { path: 'properties.kustomer_tracking_id', place: 'properties', key: 'kustomer_tracking_id' },
]

function firstId(view: View, places: readonly Place[], notes: Note[]): string | undefined {
  for (const { path, place, key } of places) {
    const given = own(view[place], key)
    if (given === undefined) continue
    const id = idOf(given) ?? noteNoId(notes, path, given)
    if (id !== undefined) return id
  }
  return undefined
}
