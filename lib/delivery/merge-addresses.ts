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

/** Whether an update with these addresses needs the customer's own lists first: one of them is not known to be there. */
export function bringsNew(customer: Customer, known: ReadonlySet<string>): boolean {
  return lists.some(({ list, key }) =>
    itemsOf(customer[list], key).some(item => !known.has(addressKey(key, item.address))),
  )
}

/**
 * The customer with each address list made safe to write over what `own` has: the customer's own items first, then the
 * new ones, at most ten; a list that brings nothing new is left out, since it would only risk what an agent changed.
 */
export function uniteAddresses(customer: Customer, own: Attributes): Customer {
  const { emails, phones, ...rest } = customer
  const has = new Set(addressesOf(own))
  const united = lists.map(({ list, key }) => {
    const fresh = itemsOf(customer[list], key).filter(item => !has.has(addressKey(key, item.address)))
    const items = [
      ...itemsOf(own[list], key).map(item => writable(item.item, key)),
      ...fresh.map(item => item.item),
    ]
    const hasRoom = itemsOf(own[list], key).length < limits.listItems
    return fresh.length > 0 && hasRoom ? [[list, items.slice(0, limits.listItems)]] : []
  })
  return { ...rest, ...Object.fromEntries(united.flat()) }
}

/** The customer without its address lists: what is sent when every address is known to be there. */
export function withoutAddresses({ emails, phones, ...rest }: Customer): Customer {
  return rest
}

function itemsOf(value: unknown, key: string): { item: Record<string, Json>; address: string }[] {
  if (!Array.isArray(value)) return []
  return value.flatMap(item => (typeof item?.[key] === 'string' ? [{ item, address: item[key] }] : []))
}

/** Kustomer's schemas are closed: of what it answers only these keys may be sent back. */
function writable(item: Record<string, Json>, key: string): Record<string, Json> {
  const kept = [key, 'type', 'verified'].filter(name => item[name] !== undefined && item[name] !== null)
  return Object.fromEntries(kept.map(name => [name, item[name] as Json]))
}
