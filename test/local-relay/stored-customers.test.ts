import { expect, test } from 'vitest'
import { createKustomer } from '../../tools/kustomer-stand-in/kustomer.ts'
import { openStorage } from '../../tools/local-relay/storage/open-storage.ts'
import { createStoredCustomers } from '../../tools/local-relay/storage/stored-customers.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Runs a step on the customers of a folder, and closes the folder. */
function withStore<T>(folder: string, step: (store: ReturnType<typeof createKustomer>['store']) => T): T {
  const { database, close } = openStorage(folder)
  try {
    return step(createKustomer({ storage: createStoredCustomers(database) }).store)
  } finally {
    close()
  }
}

const ada = { externalId: 'ada', emails: [{ email: 'ada@example.com' }] }

test('customers, their events and their identifiers are there after a restart', () => {
  const folder = temporaryFolder()
  const before = withStore(folder, store => {
    const written = store.write(undefined, ada)
    if ('contested' in written) throw new Error(written.contested)
    store.write(undefined, { externalId: 'bob' })
    store.record(written.customer, { externalId: 'ada' }, { name: 'Order' })
    store.write(written.customer, { name: 'Ada' })
    return { customers: store.customers(), events: store.events() }
  })
  withStore(folder, store => {
    expect({ customers: store.customers(), events: store.events() }).toEqual(before)
    expect(store.find('emails', 'ada@example.com')?.attributes.name).toBe('Ada')
    expect(store.write(undefined, { emails: [{ email: 'ada@example.com' }] })).toEqual({
      contested: 'emails',
    })
  })
})

test('no id is used twice, also for the ids of events', () => {
  const folder = temporaryFolder()
  const ids = [1, 2, 3].map(() => withStore(folder, store => [store.nextId(), store.nextId()]))
  expect(new Set(ids.flat()).size).toBe(6)
})

test('a customer that was removed does not return, and neither does anything after a reset', () => {
  const folder = temporaryFolder()
  withStore(folder, store => {
    const written = store.write(undefined, ada)
    if ('customer' in written) store.remove(written.customer)
    store.write(undefined, { externalId: 'bob' })
  })
  withStore(folder, store => {
    expect(store.customers().map(({ attributes }) => attributes.externalId)).toEqual(['bob'])
    expect(store.find('externalIds', 'ada')).toBeUndefined()
    store.clear()
  })
  withStore(folder, store => expect(store.customers()).toEqual([]))
})
