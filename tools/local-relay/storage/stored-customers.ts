import type { DatabaseSync } from 'node:sqlite'
import type { CustomerStorage } from '../../kustomer-stand-in/customer-storage.ts'

/** Creates the storage of a stand-in's customers and events in a database. */
export function createStoredCustomers(database: DatabaseSync): CustomerStorage {
  const save = database.prepare(
    'INSERT INTO customer (id, attributes) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET attributes = excluded.attributes',
  )
  const addEvent = database.prepare('INSERT INTO customer_event (content) VALUES (?)')
  const saveId = database.prepare("INSERT OR REPLACE INTO last_id (name, value) VALUES ('customer', ?)")
  const remove = database.prepare('DELETE FROM customer WHERE id = ?')
  const rows = (sql: string) => database.prepare(sql).all()
  return {
    load: () => ({
      customers: rows('SELECT id, attributes FROM customer ORDER BY position').map(({ id, attributes }) => ({
        id: String(id),
        attributes: JSON.parse(String(attributes)),
      })),
      events: rows('SELECT content FROM customer_event ORDER BY position').map(({ content }) =>
        JSON.parse(String(content)),
      ),
      lastId: Number(rows('SELECT value FROM last_id')[0]?.value ?? 0),
    }),
    saveCustomer: ({ id, attributes }) => void save.run(id, JSON.stringify(attributes)),
    addEvent: event => void addEvent.run(JSON.stringify(event)),
    saveLastId: id => void saveId.run(id),
    removeCustomer: id => void remove.run(id),
    clear: () => database.exec('DELETE FROM customer; DELETE FROM customer_event'),
  }
}
