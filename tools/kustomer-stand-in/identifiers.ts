import type { Json } from '../../lib/transform/kustomer/types.ts'
import type { Attributes } from './types.ts'

/** A value that must be unique among the customers of an organisation, and the attribute that holds it. */
export interface Identifier {
  attribute: string
  key: string
}

type Item = { [key: string]: Json }

/** What makes an item of a list unique. E-mail addresses are compared without letter case, all other values exactly. */
const keyOf: Record<string, (item: Item) => string> = {
  emails: ({ email }) => String(email).toLowerCase(),
  phones: ({ phone }) => String(phone),
  whatsapps: ({ phone }) => String(phone),
  socials: ({ type, username }) => `${type} ${username}`,
  externalIds: ({ externalId }) => String(externalId),
}

/** Returns the key of an item in the index of unique values. */
export function identifierKey(list: string, item: Item): string {
  return `${list} ${keyOf[list]?.(item) ?? JSON.stringify(item)}`
}

/** Returns all identifiers of a customer. The item of `externalIds` that equals `externalId` is listed as `externalId`. */
export function identifiersOf(attributes: Attributes): Identifier[] {
  return Object.keys(keyOf).flatMap(list =>
    itemsOf(attributes[list]).map(item => ({
      attribute: list === 'externalIds' && item.externalId === attributes.externalId ? 'externalId' : list,
      key: identifierKey(list, item),
    })),
  )
}

/** Returns the objects of a list; an empty list if the value is not a list. */
export function itemsOf(list: Json | undefined): Item[] {
  if (!Array.isArray(list)) return []
  return list.filter(
    (item): item is Item => typeof item === 'object' && item !== null && !Array.isArray(item),
  )
}
