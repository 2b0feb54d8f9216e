import { markedTraits, messageIdOf } from './marks.ts'
import type { IdentifyContent, PlannedEvent } from './planned-event.ts'
import type { Random } from './random.ts'

/** Names of tracking events, in the spellings that senders use. */
const names = ['Order Completed', 'Product Viewed', 'checkout-started', 'App Opened']

/** Kinds of tracking events, as often as they come. */
const kinds = ['track', 'track', 'track', 'track', 'page', 'page', 'screen'] as const

/** What RudderStack adds to every event (its event spec, read 2026-08): four times, of which `receivedAt` is its own. */
export function stamped(planned: Omit<PlannedEvent, 'event'>, who: object, more: object) {
  const iso = (ms: number) => new Date(ms).toISOString()
  return {
    ...{ messageId: messageIdOf(planned.mark), channel: 'web', ...who, ...more },
    ...{ originalTimestamp: iso(planned.occurredAt), timestamp: iso(planned.occurredAt) },
    ...{ sentAt: iso(planned.at), receivedAt: iso(planned.at) },
  }
}

/** A track, page or screen with the mark among its properties. */
export function trackingEvent(planned: Omit<PlannedEvent, 'event'>, who: object, random: Random) {
  const type = random.pick(kinds)
  const name = random.pick(names)
  const properties = { mark: planned.contentMark, total: random.int(10_000) }
  return stamped(planned, who, { type, ...(type === 'page' ? { name } : { event: name }), properties })
}

/** An identify; traits as the JavaScript SDK sends them (`context.traits`) or as a server does (`traits` too). */
export function identifyEvent(planned: Omit<PlannedEvent, 'event'>, who: object, isServer: boolean) {
  const traits = traitsOf(planned.identify ?? { emails: [] }, planned.contentMark)
  const context = { traits, locale: 'de-DE' }
  return stamped(planned, who, { type: 'identify', context, ...(isServer && { traits }) })
}

function traitsOf({ name, emails, phone, plan }: IdentifyContent, mark: string) {
  return {
    ...(name !== undefined && { name }),
    ...(emails.length === 1 && { email: emails[0] }),
    ...(emails.length > 1 && { emails }),
    ...(phone !== undefined && { phone }),
    customObject: { ...markedTraits(mark), ...(plan !== undefined && { planStr: plan }) },
  }
}
