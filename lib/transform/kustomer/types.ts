/** A value of JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/**
 * The properties of a tracking event. With `advancedTransform` flat strings and numbers, else as the sender wrote them.
 */
export type Meta = Record<string, Json>

/**
 * One address of a list; `type` is `home` if the sender gave none. Other keys are sent unchanged without
 * `advancedTransform`.
 */
export type EmailItem = { email: string; type: string } & Record<string, Json>
export type PhoneItem = { phone: string; type: string } & Record<string, Json>

/**
 * The writable attributes of a customer that the relay sends, the same on create and update. Flat, never wrapped.
 * Source: the customer schema of Kustomer's API (developer.kustomer.com, read 2026-11).
 */
export interface Customer {
  externalId?: string
  name?: string
  username?: string
  company?: string
  signedUpAt?: string
  lastActivityAt?: string
  lastCustomerActivityAt?: string
  lastSeenAt?: string
  importedAt?: string
  birthdayAt?: string
  avatarUrl?: string
  gender?: string
  tags?: string[]
  locale?: string
  emails?: EmailItem[]
  phones?: PhoneItem[]
  socials?: Json[]
  whatsapps?: Json[]
  facebookIds?: Json[]
  instagramIds?: Json[]
  urls?: Json[]
  locations?: Json[]
  custom?: Record<string, Json>
  sentiment?: Record<string, Json>
  timeZone?: string
  defaultLang?: string
  rev?: number
}

/** The form of Kustomer's customer ids. Only such an id is put into a path. */
export const customerIdPattern = /^[A-Za-z0-9_-]{1,64}$/
