import type { Mark } from './marks.ts'

/** What an identify says of its customer. */
export interface IdentifyContent {
  name?: string
  /** The address by which the customer may be found is the first one. */
  emails: string[]
  phone?: string
  plan?: string
}

/** An event before anything is sent. Times are epoch milliseconds. */
export interface PlannedEvent {
  mark: Mark
  /** The mark of its content: an earlier event's where this one repeats it under a `messageId` of its own. */
  contentMark: Mark
  /** When RudderStack gets it, and when it happened. */
  at: number
  occurredAt: number
  /** Times at which RudderStack is given the same event once more. */
  againAt: number[]
  /** Events of one key are sent one after the other (RudderStack's `anonymousId` and `userId`). */
  queueKey: string
  /** Under which external id it is delivered, and whose that is; absent where the relay must refuse or ignore it. */
  externalId?: string
  role: 'user' | 'anonymous'
  anonymousId?: string
  /** What the webhook must say: taken, taken and not delivered (a type that is not), or refused. */
  expected: 'delivered' | 'ignored' | 'refused'
  identify?: IdentifyContent
  /** As it is sent. */
  event: Record<string, unknown>
}
