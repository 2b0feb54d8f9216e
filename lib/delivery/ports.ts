import type { Request } from '../kustomer/client.ts'
import type { endpoints } from '../kustomer/endpoints.ts'
import type { NotFoundCache } from '../people/not-found-cache.ts'
import type { Person } from '../people/person.ts'
import type { Clock } from '../runtime/clock.ts'

/** What a container has learned about Kustomer's API while it runs. */
export interface KustomerQuirks {
  /** Whether Kustomer refused a create with both `externalId` and `externalIds`. */
  refusesExternalIds: boolean
}

/** Everything that the delivery of one event may use. */
export interface DeliveryPorts {
  request: Request
  endpoints: ReturnType<typeof endpoints>
  notFound: NotFoundCache
  clock: Pick<Clock, 'now'>
  /** The record of the event's person; delivery changes it, the worker saves it. */
  person: Person
  /** Whether an external id is recorded as an anonymous visitor's. False when nothing is known. */
  isAnonymous(externalId: string): Promise<boolean>
  /** A short salted hash, which person records hold in place of addresses and event ids. */
  hash(text: string): string
  /** Whether the event's external id is a user's or an anonymous visitor's. */
  role: 'user' | 'anonymous'
  /** When the event happened, in epoch milliseconds. */
  eventAtMs: number
  /** Whether the call merges several identifies; then only a plain write is allowed. */
  isMerged: boolean
  mergeByEmail: boolean
  /** 0: every identify is sent. */
  resendUnchangedAfterMs: number
  quirks: KustomerQuirks
}
