import type { StoredCustomer, StoredEvent } from './types.ts'

/** Keeps the customers and events of a stand-in, so that the next stand-in starts with them. A call may throw. */
export interface CustomerStorage {
  /** Returns what was kept, in the order in which it was added. `lastId` is the number of the last id. */
  load(): { customers: Pick<StoredCustomer, 'id' | 'attributes'>[]; events: StoredEvent[]; lastId: number }
  /** Adds a customer or replaces its attributes. */
  saveCustomer(customer: Pick<StoredCustomer, 'id' | 'attributes'>): void
  addEvent(event: StoredEvent): void
  saveLastId(id: number): void
  removeCustomer(id: string): void
  /** Removes all customers and events. */
  clear(): void
}

/** Keeps nothing. */
export const noCustomerStorage: CustomerStorage = {
  load: () => ({ customers: [], events: [], lastId: 0 }),
  saveCustomer() {},
  addEvent() {},
  saveLastId() {},
  removeCustomer() {},
  clear() {},
}
