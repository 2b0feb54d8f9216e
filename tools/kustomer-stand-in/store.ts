import { type CustomerStorage, noCustomerStorage } from './customer-storage.ts'
import { createIdentifierIndex, type LookupList } from './identifier-index.ts'
import { identifiersOf } from './identifiers.ts'
import type { Attributes, StoredCustomer, StoredEvent } from './types.ts'
import { type WriteRules, written } from './written.ts'

/** The result of a write: the customer after it, or the attribute whose value another customer has. */
export type Written = { customer: StoredCustomer } | { contested: string }

/** The rules for all writes of a store. The other write rules come with each write. */
export interface StoreRules extends Pick<WriteRules, 'arrays' | 'companyUnlinkedWhenOmitted'> {
  now: () => number
  storage?: CustomerStorage | undefined
}

/** The customers and events of an organisation, with an index of all unique values. */
export type Store = ReturnType<typeof createStore>

/**
 * Creates the store of an organisation, empty or with what its storage kept. It does not depend on HTTP; bodies must be
 * validated already. Ids have 24 hex digits. No id is used twice, not even after `clear`.
 */
export function createStore(rules: StoreRules) {
  const { storage = noCustomerStorage } = rules
  const { customers, index, lastId, ...kept } = loadedFrom(storage)
  const events = createEventList(kept.events, rules.now, storage)
  const nextId = createIdSequence(lastId, storage.saveLastId)

  const write = (known: StoredCustomer | undefined, body: Attributes, replace = false): Written => {
    const at = new Date(rules.now()).toISOString()
    const attributes = written(known?.attributes, body, { ...rules, replace, at })
    const identifiers = identifiersOf(attributes)
    const contested = index.contested(identifiers, known?.id)
    if (contested !== undefined) return { contested: contested.attribute }
    const customer = known ?? { id: nextId(), attributes, events: [] }
    storage.saveCustomer({ id: customer.id, attributes })
    if (known !== undefined) index.release(identifiersOf(known.attributes))
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
      storage.removeCustomer(customer.id)
      index.release(identifiersOf(customer.attributes))
      customers.delete(customer.id)
    },
    record: events.add,
    customers: () => [...customers.values()].map(customer => ({ ...customer, events: [...customer.events] })),
    events: events.all,
    clear(): void {
      for (const part of [storage, customers, index, events]) part.clear()
    },
  }
}

function createIdSequence(start: number, save: (last: number) => void) {
  let last = start
  return () => {
    last += 1
    save(last)
    return `58210c3d${last.toString(16).padStart(16, '0')}`
  }
}

function createEventList(kept: StoredEvent[], now: () => number, storage: CustomerStorage) {
  let events = kept
  return {
    /** Stores an event as it is, here and with its customer. Every call adds one. */
    add(customer: StoredCustomer, identity: Attributes, event: Attributes): void {
      const stored = { at: now(), customerId: customer.id, identity, event }
      storage.addEvent(stored)
      customer.events.push(stored)
      events.push(stored)
    },
    all: () => [...events],
    clear(): void {
      events = []
    },
  }
}

function loadedFrom(storage: CustomerStorage) {
  const { customers: kept, events, lastId } = storage.load()
  const customers = new Map(kept.map(one => [one.id, { ...one, events: [] as StoredEvent[] }]))
  const index = createIdentifierIndex()
  for (const { id, attributes } of customers.values()) index.assign(identifiersOf(attributes), id)
  for (const event of events) customers.get(event.customerId)?.events.push(event)
  return { customers, index, events, lastId }
}
