import { limits } from '../transform/kustomer/limits.ts'
import type { Customer, Json } from '../transform/kustomer/types.ts'

/** A customer's attributes as Kustomer answered them: nothing about their shape is taken on trust. */
export type Attributes = Record<string, unknown>

/** The lists that agents edit too, with the key that holds the address and the lists that count as having it. */
export const lists = [
  { list: 'emails', key: 'email', seenIn: ['emails', 'sharedEmails'] },
  { list: 'phones', key: 'phone', seenIn: ['phones', 'sharedPhones'] },
] as const

type List = (typeof lists)[number]

/** One spelling for the same address: e-mails without regard to case, phones by their digits. */
export function addressKey(key: List['key'], address: string): string {
  const digits = key === 'phone' ? address.replace(/[^\d+]/g, '') : ''
  return `${key}:${digits || address.trim().toLowerCase()}`
}

/** The addresses of a customer, own and shared, in `addressKey`'s form. Items of another shape are passed over. */
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

/** What a union of address lists came to: the customer to write, and the addresses for which there was no room. */
export interface Union {
  customer: Customer
  /** Whether a list is written, which is safe only with the `rev` that was read. */
  hasLists: boolean
  /** In `addressKey`'s form. */
  withoutRoom: string[]
}

/**
 * The customer with each address list made safe to write over what `own` has: the customer's own items first, then the
 * new ones, as many as Kustomer takes. A list that brings nothing new is left out: it would only risk what an agent
 * changed. Pure; never throws.
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

/** The customer without its address lists: what is sent when every address is known to be there. */
export function withoutAddresses({ emails, phones, ...rest }: Customer): Customer {
  return rest
}

/** The customer without these addresses (in `addressKey`'s form); a list that becomes empty is left out. */
export function withoutThese(customer: Customer, addresses: ReadonlySet<string>): Customer {
  const kept = lists.flatMap(({ list, key }) => {
    const items = itemsOf(customer[list], key).filter(item => !addresses.has(addressKey(key, item.address)))
    return items.length > 0 ? [[list, items.map(item => item.item)] as const] : []
  })
  return { ...withoutAddresses(customer), ...Object.fromEntries(kept) }
}

/** The items of a list that have an address under `key`; items of another shape are passed over. */
export function itemsOf(value: unknown, key: string): { item: Record<string, Json>; address: string }[] {
  if (!Array.isArray(value)) return []
  return value.flatMap(item => (typeof item?.[key] === 'string' ? [{ item, address: item[key] }] : []))
}

/** Kustomer's schemas are closed: of what it answers only these keys may be sent back. */
function writable(item: Record<string, Json>, key: string): Record<string, Json> {
  const kept = [key, 'type', 'verified'].filter(name => item[name] !== undefined && item[name] !== null)
  return Object.fromEntries(kept.map(name => [name, item[name] as Json]))
}
