import { identifierKey, identifiersOf } from './identifiers.ts'
import type { Attributes, StoredCustomer, StoredEvent } from './types.ts'
import { type WriteRules, written } from './written.ts'

/** The result of a write: the customer after it, or the attribute whose value another customer has. */
export type Written = { customer: StoredCustomer } | { contested: string }

/** The rules for all writes of a store. The other write rules come with each write. */
export type StoreRules = Pick<WriteRules, 'arrays' | 'companyUnlinkedWhenOmitted'> & { now: () => number }

/** The customers and events of an organisation in memory, with an index of all unique values. */
export type Store = ReturnType<typeof createStore>

/**
 * Creates the store of an empty organisation. It does not depend on HTTP; bodies must be validated already.
 * Ids have 24 hex digits. No id is used twice, not even after `clear`.
 */
export function createStore(rules: StoreRules) {
  const customers = new Map<string, StoredCustomer>()
  const owners = new Map<string, string>()
  let events: StoredEvent[] = []
  let lastId = 0

  const nextId = () => {
    lastId += 1
    return `58210c3d${lastId.toString(16).padStart(16, '0')}`
  }
  const find = (list: 'externalIds' | 'emails' | 'phones', value: string) => {
    const item = { externalIds: { externalId: value }, emails: { email: value }, phones: { phone: value } }[
      list
    ]
    return customers.get(owners.get(identifierKey(list, item)) ?? '')
  }
  const release = (customer: StoredCustomer) => {
    for (const { key } of identifiersOf(customer.attributes)) owners.delete(key)
  }
  const write = (known: StoredCustomer | undefined, body: Attributes, replace = false): Written => {
    const at = new Date(rules.now()).toISOString()
    const attributes = written(known?.attributes, body, { ...rules, replace, at })
    const identifiers = identifiersOf(attributes)
    const contested = identifiers.find(({ key }) => (owners.get(key) ?? known?.id) !== known?.id)
    if (contested !== undefined) return { contested: contested.attribute }
    if (known !== undefined) release(known)
    const customer = known ?? { id: nextId(), attributes, events: [] }
    customer.attributes = attributes
    customers.set(customer.id, customer)
    for (const { key } of identifiers) owners.set(key, customer.id)
    return { customer }
  }

  return {
    nextId,
    find,
    write,
    get: (id: string) => customers.get(id),
    remove(customer: StoredCustomer): void {
      release(customer)
      customers.delete(customer.id)
    },
    /** Stores an event as it is. Every call adds one. */
    record(customer: StoredCustomer, identity: Attributes, event: Attributes): void {
      const stored = { at: rules.now(), customerId: customer.id, identity, event }
      customer.events.push(stored)
      events.push(stored)
    },
    customers: () => [...customers.values()].map(customer => ({ ...customer, events: [...customer.events] })),
    events: () => [...events],
    clear(): void {
      customers.clear()
      owners.clear()
      events = []
    },
  }
}
