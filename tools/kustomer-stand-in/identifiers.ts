import type { Json } from '../../lib/transform/kustomer/types.ts'
import type { Attributes } from './types.ts'

/** A value that no two customers of an organisation may share, and the attribute that holds it. */
export interface Identifier {
  attribute: string
  key: string
}

type Item = { [key: string]: Json }

/** How an item of a list is told from others: exactly, but e-mail addresses in any letter case. */
const keyOf: Record<string, (item: Item) => string> = {
  emails: ({ email }) => String(email).toLowerCase(),
  phones: ({ phone }) => String(phone),
  whatsapps: ({ phone }) => String(phone),
  socials: ({ type, username }) => `${type} ${username}`,
  externalIds: ({ externalId }) => String(externalId),
}

/** The key under which a value of a unique list is found. */
export function identifierKey(list: string, item: Item): string {
  return `${list} ${keyOf[list]?.(item) ?? JSON.stringify(item)}`
}

/** All identifiers of a customer. One that is also the external id counts as that attribute's. */
export function identifiersOf(attributes: Attributes): Identifier[] {
  return Object.keys(keyOf).flatMap(list =>
    itemsOf(attributes[list]).map(item => ({
      attribute: list === 'externalIds' && item.externalId === attributes.externalId ? 'externalId' : list,
      key: identifierKey(list, item),
    })),
  )
}

/** The objects of a list; none, if it is no list. */
export function itemsOf(list: Json | undefined): Item[] {
  if (!Array.isArray(list)) return []
  return list.filter(
    (item): item is Item => typeof item === 'object' && item !== null && !Array.isArray(item),
  )
}
