import type { Note, RecordEvent } from '../call.ts'
import { type ExternalId, emailOf } from '../identity.ts'
import { leaveOut, note } from '../note.ts'
import { isOn, type Settings } from '../settings.ts'
import { toDateTime } from '../text/date-time.ts'
import { hasEmailForm } from '../text/email.ts'
import { idOf, own, textOf, type View } from '../view.ts'
import { type ActivityType, eventName } from './event-name.ts'
import type { Stamp } from './fit-meta.ts'
import { metaOf } from './meta.ts'

/** A track, page or screen as a call that records it on a timeline. The event has been read: a track has a name. */
export function toRecordEvent(
  type: ActivityType,
  view: View,
  externalId: ExternalId,
  settings: Partial<Settings>,
): RecordEvent {
  const notes: Note[] = []
  const identity: RecordEvent['identity'] = { externalId: externalId.value }
  const email = isOn(settings, 'setIdentityEmail') ? emailFor(view, settings, notes) : undefined
  if (email !== undefined) identity.email = email
  const { name, original } = eventName(type, view, settings, notes)
  const event: RecordEvent['event'] = { name }
  const meta = metaOf(view.properties, stampsOf(view, original, settings, notes), settings, notes)
  if (meta !== undefined) event.meta = meta
  const { properties, context } = view
  const sessionId = linkIn(properties, 'kustomerSessionId', 'kustomer_session_id')
  const session = sessionId ?? idOf(own(context, 'sessionId'))
  if (session !== undefined) event.sessionId = session
  const trackingId = linkIn(properties, 'kustomerTrackingId', 'kustomer_tracking_id')
  if (trackingId !== undefined) event.trackingId = trackingId
  return { kind: 'recordEvent', identity, event, notes }
}

const noStamps: readonly Stamp[] = []

/** What is added to the properties: the sender's own name, and, since Kustomer stamps events when they arrive, which event it was and when it happened. */
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
  const messageId = textOf(own(view.event, 'messageId'))
  if (messageId !== undefined) stamps.push({ key: 'messageId', value: messageId })
  const at = originalTime(view, settings, notes)
  if (at !== undefined) stamps.push({ key: 'originalTimestampAt', value: at })
  return stamps
}

function originalTime({ event }: View, settings: Partial<Settings>, notes: Note[]): string | undefined {
  const given = textOf(own(event, 'originalTimestamp'))
  if (given === undefined || !isOn(settings, 'advancedTransform')) return given
  const at = toDateTime(given)
  if (at === undefined) return leaveOut(notes, 'originalTimestamp', 'not a date-time')
  if (at !== given) note(notes, 'originalTimestamp', 'converted', 'a date is sent as a date-time in UTC')
  return at
}

function emailFor(view: View, settings: Partial<Settings>, notes: Note[]): string | undefined {
  const email = emailOf(view)
  if (email === undefined || !isOn(settings, 'advancedTransform') || hasEmailForm(email.value))
    return email?.value
  return leaveOut(notes, email.path, 'not the form of an e-mail address')
}

function linkIn(properties: View['properties'], key: string, otherKey: string): string | undefined {
  return idOf(own(properties, key)) ?? idOf(own(properties, otherKey))
}
