import type { Json } from '../../lib/transform/kustomer/types.ts'
import type { Call } from './call.ts'
import { itemsOf } from './identifiers.ts'
import type { Store } from './store.ts'
import type { Attributes, StoredCustomer } from './types.ts'

/** Whom a request is about, as far as it says so: the customer, if there is one, and all external ids. */
export interface Person {
  customer: StoredCustomer | undefined
  /** The one that path or body names comes first. */
  externalIds: string[]
}

/** Finds whom a request is about, the way Kustomer does: by id, by external id, then by e-mail. Never throws. */
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

/** The object that a JSON value is; an empty one, if it is none. */
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
