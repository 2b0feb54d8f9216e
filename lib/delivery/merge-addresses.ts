import { limits } from '../transform/kustomer/limits.ts'
import type { Customer, Json } from '../transform/kustomer/types.ts'

/** A customer's attributes as Kustomer answered them. Their shapes are unknown and must be checked. */
export type Attributes = Record<string, unknown>

/**
 * The lists that agents edit too, the key that holds an item's address, and the lists in which an address may be seen.
 */
export const lists = [
  { list: 'emails', key: 'email', seenIn: ['emails', 'sharedEmails'] },
  { list: 'phones', key: 'phone', seenIn: ['phones', 'sharedPhones'] },
] as const

type List = (typeof lists)[number]

/** One spelling for equal addresses: e-mails in lower case, phones by their digits. */
export function addressKey(key: List['key'], address: string): string {
  const digits = key === 'phone' ? address.replace(/[^\d+]/g, '') : ''
  return `${key}:${digits || address.trim().toLowerCase()}`
}

/** The addresses of a customer, own and shared, in `addressKey`'s form. Items of another shape are skipped. */
export function addressesOf(attributes: Attributes): string[] {
  return lists.flatMap(({ key, seenIn }) =>
    seenIn.flatMap(name => itemsOf(attributes[name], key).map(item => addressKey(key, item.address))),
  )
}

/** The addresses of an identify in `addressKey`'s form. */
export function addressesIn(customer: Customer): string[] {
  return lists.flatMap(({ list, key }) =>
    itemsOf(customer[list], key).map(item => addressKey(key, item.address)),
  )
}

/** The result of uniting address lists: the customer to write, and the addresses for which there is no room. */
export interface Union {
  customer: Customer
  /** Whether the customer has a list, which is safe to write only with the `rev` that was read. */
  hasLists: boolean
  /** In `addressKey`'s form. */
  withoutRoom: string[]
}

/**
 * Returns the customer with each address list united with the one in `own`: the existing items first, then the new
 * ones, as many as Kustomer takes. A list without a new address is left out, since writing it could undo an agent's
 * change. Pure; never throws.
 */
export function uniteAddresses(customer: Customer, own: Attributes): Union {
  const { emails, phones, ...rest } = customer
  const has = new Set(addressesOf(own))
  const united = lists.map(({ list, key }) => {
    const ours = itemsOf(own[list], key)
    const fresh = itemsOf(customer[list], key).filter(item => !has.has(addressKey(key, item.address)))
    const room = Math.max(0, limits.listItems - ours.length)
    const items = [
      ...ours.map(item => writable(item.item, key)),
      ...fresh.slice(0, room).map(item => item.item),
    ]
    return {
      entries: fresh.length > 0 && room > 0 ? [[list, items] as const] : [],
      withoutRoom: fresh.slice(room).map(item => addressKey(key, item.address)),
    }
  })
  const entries = united.flatMap(one => one.entries)
  return {
    customer: { ...rest, ...Object.fromEntries(entries) },
    hasLists: entries.length > 0,
    withoutRoom: united.flatMap(one => one.withoutRoom),
  }
}

/** Returns the customer without its address lists, for when the customer is known to have every address. */
export function withoutAddresses({ emails, phones, ...rest }: Customer): Customer {
  return rest
}

/** Returns the customer without these addresses (in `addressKey`'s form). A list that becomes empty is left out. */
export function withoutThese(customer: Customer, addresses: ReadonlySet<string>): Customer {
  const kept = lists.flatMap(({ list, key }) => {
    const items = itemsOf(customer[list], key).filter(item => !addresses.has(addressKey(key, item.address)))
    return items.length > 0 ? [[list, items.map(item => item.item)] as const] : []
  })
  return { ...withoutAddresses(customer), ...Object.fromEntries(kept) }
}

/** The items of a list that have an address under `key`. Items of another shape are skipped. */
export function itemsOf(value: unknown, key: string): { item: Record<string, Json>; address: string }[] {
  if (!Array.isArray(value)) return []
  return value.flatMap(item => (typeof item?.[key] === 'string' ? [{ item, address: item[key] }] : []))
}

/** Kustomer's schemas are closed: only these keys of an item that it answered may be sent back. */
function writable(item: Record<string, Json>, key: string): Record<string, Json> {
  const kept = [key, 'type', 'verified'].filter(name => item[name] !== undefined && item[name] !== null)
  return Object.fromEntries(kept.map(name => [name, item[name] as Json]))
}
