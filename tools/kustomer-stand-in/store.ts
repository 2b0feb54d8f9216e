import { createIdentifierIndex, type LookupList } from './identifier-index.ts'
import { identifiersOf } from './identifiers.ts'
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
  const index = createIdentifierIndex()
  const events = createEventList(rules.now)
  const nextId = createIdSequence()

  const write = (known: StoredCustomer | undefined, body: Attributes, replace = false): Written => {
    const at = new Date(rules.now()).toISOString()
    const attributes = written(known?.attributes, body, { ...rules, replace, at })
    const identifiers = identifiersOf(attributes)
    const contested = index.contested(identifiers, known?.id)
    if (contested !== undefined) return { contested: contested.attribute }
    if (known !== undefined) index.release(identifiersOf(known.attributes))
    const customer = known ?? { id: nextId(), attributes, events: [] }
    customer.attributes = attributes
    customers.set(customer.id, customer)
    index.assign(identifiers, customer.id)
    return { customer }
  }

  return {
    nextId,
    find: (list: LookupList, value: string) => customers.get(index.find(list, value) ?? ''),
    write,
    get: (id: string) => customers.get(id),
    remove(customer: StoredCustomer): void {
      index.release(identifiersOf(customer.attributes))
      customers.delete(customer.id)
    },
    record: events.add,
    customers: () => [...customers.values()].map(customer => ({ ...customer, events: [...customer.events] })),
    events: events.all,
    clear(): void {
      for (const part of [customers, index, events]) part.clear()
    },
  }
}

function createIdSequence() {
  let last = 0
  return () => {
    last += 1
    return `58210c3d${last.toString(16).padStart(16, '0')}`
  }
}

function createEventList(now: () => number) {
  let events: StoredEvent[] = []
  return {
    /** Stores an event as it is, here and with its customer. Every call adds one. */
    add(customer: StoredCustomer, identity: Attributes, event: Attributes): void {
      const stored = { at: now(), customerId: customer.id, identity, event }
      customer.events.push(stored)
      events.push(stored)
    },
    all: () => [...events],
    clear(): void {
      events = []
    },
  }
}
