import type { Note, RecordEvent } from '../call.ts'
import { toDateTime } from '../coerce/date-time.ts'
import { hasEmailForm } from '../coerce/email.ts'
import { cleanName, hasLostLetters } from '../coerce/fit-name.ts'
import { cut, hash } from '../coerce/text.ts'
import { type ExternalId, emailOf } from '../identity.ts'
import type { Settings } from '../settings.ts'
import { firstOf, idOf, own, textOf, type View } from '../view.ts'
import { activityName, type DeliveredType, genericNames } from './activity-name.ts'
import { metaOf } from './meta.ts'

type ActivityType = Exclude<DeliveredType, 'identify'>

const maxName = 255

/** A track, page or screen as a call that records it on a timeline. The event has been read: a track has a name. */
export function recordEvent(
  type: ActivityType,
  view: View,
  externalId: ExternalId,
  settings: Settings,
): RecordEvent {
  const notes: Note[] = []
  const { name, original } = eventName(type, view, settings, notes)
  const stamps = settings.stampEvents ? stampsOf(view, settings) : []
  if (original !== undefined) stamps.unshift(['eventName', original])
  const meta = metaOf(view.properties, stamps, settings, notes)
  const email = settings.setIdentityEmail ? identityEmail(view, settings, notes) : undefined
  return {
    kind: 'recordEvent',
    identity: { externalId: externalId.value, ...(email !== undefined && { email }) },
    event: { name, ...(meta && { meta }), ...links(view) },
    notes,
  }
}

/** The name that is sent, and the sender's own where cleaning lost some of it. */
function eventName(type: ActivityType, view: View, settings: Settings, notes: Note[]) {
  const isGeneric = (type === 'page' && settings.genericPage) || (type === 'screen' && settings.genericScreen)
  const given = isGeneric ? undefined : activityName(type, view)
  const prefix = type === 'track' ? '' : genericNames[type]
  if (given === undefined) return { name: prefix }
  const join = (part: string) => (type === 'track' ? part : `${prefix}-${part}`)
  if (!settings.advancedTransform) return { name: join(given) }
  const cleaned = cleanName(given)
  const part = cleaned === '' ? hash(given) : cleaned
  const needsPrefix = type === 'track' && (cleaned === '' || !/^[A-Za-z]./.test(part))
  const whole = needsPrefix ? `Event-${part}` : join(part)
  const name = cut(whole, maxName)
  const sent = part.slice(0, part.length - (whole.length - name.length))
  if (name !== join(given))
    notes.push({ path: namePath(type, view), did: 'converted', why: 'Kustomer’s characters' })
  return { name, ...((cleaned === '' || hasLostLetters(given, sent)) && { original: given.trim() }) }
}

function namePath(type: ActivityType, { event, properties }: View): string {
  if (type === 'track' || textOf(own(event, 'event')) !== undefined) return 'event'
  if (textOf(own(properties, 'event')) !== undefined) return 'properties.event'
  return textOf(own(event, 'name')) === undefined ? 'properties.name' : 'name'
}

/** Kustomer stamps events when they arrive: these let people see which event it was and when it happened. */
function stampsOf({ event }: View, { advancedTransform }: Settings): [string, string][] {
  const messageId = textOf(own(event, 'messageId'))
  const original = textOf(own(event, 'originalTimestamp'))
  const at = original !== undefined && advancedTransform ? toDateTime(original) : original
  return [
    ...(messageId === undefined ? [] : [['messageId', messageId] as [string, string]]),
    ...(at === undefined ? [] : [['originalTimestampAt', at] as [string, string]]),
  ]
}

function identityEmail(view: View, { advancedTransform }: Settings, notes: Note[]): string | undefined {
  const email = emailOf(view)
  if (email === undefined || !advancedTransform || hasEmailForm(email)) return email
  notes.push({ path: 'email', did: 'left out', why: 'not the form of an e-mail address' })
  return undefined
}

function links({ properties, context }: View) {
  const property = (key: string) => own(properties, key)
  const sessions = [property('kustomerSessionId'), property('kustomer_session_id'), own(context, 'sessionId')]
  const sessionId = firstOf(sessions, idOf)
  const trackingId = firstOf([property('kustomerTrackingId'), property('kustomer_tracking_id')], idOf)
  return { ...(sessionId !== undefined && { sessionId }), ...(trackingId !== undefined && { trackingId }) }
}
