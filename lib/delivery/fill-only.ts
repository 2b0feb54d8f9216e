import type { Customer, Json } from '../transform/kustomer/types.ts'
import type { Attributes } from './merge-addresses.ts'

/** The attributes whose values Kustomer keeps unique among customers (developer.kustomer.com, read 2026-11). */
export const uniqueAttributes = ['externalId', 'emails', 'phones', 'whatsapps', 'socials'] as const

/**
 * Returns the part of an identify that fills what the customer lacks and overwrites nothing. Each name in `custom` is
 * compared on its own, and an empty list counts as lacking. The result never has an external id; it has addresses only
 * with `mayFillAddresses`. Pure; never throws.
 */
export function fillOnly(customer: Customer, own: Attributes, mayFillAddresses: boolean): Customer {
  const { externalId, externalIds, rev, custom, ...rest } = customer as Customer & { externalIds?: Json }
  const isUnique = (name: string) => uniqueAttributes.some(unique => unique === name)
  const filled = Object.entries(rest).filter(
    ([name]) => lacks(own, name) && (mayFillAddresses || !isUnique(name)),
  )
  const ownCustom = (typeof own.custom === 'object' && own.custom !== null ? own.custom : {}) as Attributes
  const lacking = Object.entries(custom ?? {}).filter(
    ([name, value]) => value !== null && lacks(ownCustom, name),
  )
  return {
    ...Object.fromEntries(filled),
    ...(lacking.length > 0 && { custom: Object.fromEntries(lacking) }),
  }
}

function lacks(own: Attributes, name: string): boolean {
  const value = Object.hasOwn(own, name) ? own[name] : undefined
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
