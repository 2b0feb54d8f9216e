import { itemsOf } from '../kustomer-stand-in/identifiers.ts'
import type { Kustomer } from '../kustomer-stand-in/kustomer.ts'
import type { Attributes, StoredCustomer } from '../kustomer-stand-in/types.ts'
import type { ChangeKind, CustomerChange } from './kustomer-log.ts'

/** What people do to customers in Kustomer's app: each edit is whole and at once. Those that Kustomer refuses do nothing. */
export interface CustomerEdits {
  /** Adds an e-mail address to those that the customer has, if there is room. */
  addAddress(customer: StoredCustomer, email: string): void
  rename(customer: StoredCustomer, name: string): void
  /** Deletes `source` and gives its addresses, external ids and events to `target`, which keeps its own external id. */
  merge(source: StoredCustomer, target: StoredCustomer): void
  remove(customer: StoredCustomer): void
  /** Takes `externalId` from a customer that has it and gives it to another one as one more of its ids. */
  moveExternalId(externalId: string, from: StoredCustomer, to: StoredCustomer): void
}

/** Items that Kustomer takes of one list. */
const maxItems = 10

/** The edits of one organisation; `changes` gets what was done, for the check of the relay's own writes. */
export function createCustomerEdits(kustomer: Kustomer, changes: CustomerChange[]): CustomerEdits {
  const { store, settings } = kustomer
  const note = (kind: ChangeKind, id: string, before: Attributes | undefined, body: Attributes) => {
    const after = store.get(id)?.attributes
    changes.push({ at: settings.now(), by: 'agent', kind, customerId: id, before, after, body })
  }
  const write = (kind: ChangeKind, customer: StoredCustomer, body: Attributes, replace = false) => {
    const before = customer.attributes
    if ('customer' in store.write(customer, body, replace)) note(kind, customer.id, before, body)
  }
  const remove = (customer: StoredCustomer) => {
    store.remove(customer)
    note('remove', customer.id, customer.attributes, {})
  }
  return {
    addAddress(customer, email) {
      const emails = itemsOf(customer.attributes.emails)
      if (emails.length < maxItems)
        write('address', customer, { emails: [...emails, { email, type: 'work' }] })
    },
    rename: (customer, name) => write('rename', customer, { name }),
    merge(source, target) {
      remove(source)
      const lists = ['emails', 'phones', 'externalIds'].map(list => [list, joined(list, source, target)])
      for (const event of source.events) target.events.push(event)
      write('merge', target, Object.fromEntries(lists))
    },
    remove,
    moveExternalId(externalId, from, to) {
      const { externalId: own, ...rest } = from.attributes
      const kept = itemsOf(rest.externalIds).filter(item => item.externalId !== externalId)
      const next = own === externalId ? rest : from.attributes
      write('move', from, { ...next, externalIds: kept }, true)
      const ids = itemsOf(to.attributes.externalIds)
      if (ids.length < maxItems) write('move', to, { externalIds: [...ids, { externalId, verified: true }] })
    },
  }
}

function joined(list: string, source: StoredCustomer, target: StoredCustomer) {
  return [...itemsOf(target.attributes[list]), ...itemsOf(source.attributes[list])].slice(0, maxItems)
}
