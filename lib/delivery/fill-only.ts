import type { Customer, Json } from '../transform/kustomer/types.ts'
import type { Attributes } from './merge-addresses.ts'

/** The attributes of which Kustomer lets no two customers have the same value (developer.kustomer.com, 2026-11). */
export const uniqueAttributes = ['externalId', 'emails', 'phones', 'whatsapps', 'socials'] as const

/**
 * The part of an identify that fills what the customer lacks: nothing is overwritten, `custom` is judged name by name,
 * an empty list counts as lacking. It never names an external id; addresses only where `mayFillAddresses`.
 * Pure; never throws.
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
