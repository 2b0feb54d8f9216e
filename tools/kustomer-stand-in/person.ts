import type { Json } from '../../lib/transform/kustomer/types.ts'
import type { Call } from './call.ts'
import { itemsOf } from './identifiers.ts'
import type { Store } from './store.ts'
import type { Attributes, StoredCustomer } from './types.ts'

/** The person a request is about: the customer, if there is one, and all known external ids. */
export interface Person {
  customer: StoredCustomer | undefined
  /** The id from the path or the body comes first. */
  externalIds: string[]
}

/** Finds the person of a request as Kustomer does: by id, by external id, then by e-mail. Never throws. */
export function personOf(call: Call, store: Store): Person {
  const identity = call.kind === 'record' ? objectOf(objectOf(call.body).identity) : objectOf(call.body)
  const named = call.kind === 'findByExternalId' ? call.value : textOf(identity.externalId)
  const customer = customerOf(call, store, named, textOf(identity.email))
  const own = [
    customer?.attributes.externalId,
    ...itemsOf(customer?.attributes.externalIds).map(i => i.externalId),
  ]
  return { customer, externalIds: [...new Set([named, ...own.map(textOf)])].filter(id => id !== undefined) }
}

/** Returns a JSON value if it is an object, otherwise an empty object. */
export function objectOf(value: Json | undefined): Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

function customerOf({ kind, value = '' }: Call, store: Store, named = '', email = '') {
  switch (kind) {
    case 'findByExternalId':
      return store.find('externalIds', value)
    case 'findByEmail':
      return store.find('emails', value)
    case 'findByPhone':
      return store.find('phones', value)
    case 'record':
      return store.find('externalIds', named) ?? store.find('emails', email)
    default:
      return store.get(value)
  }
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
