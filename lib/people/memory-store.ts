import { personRecords as limits } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { PeopleStore } from './person.ts'
import { attributesOf, type Item } from './person-item.ts'
import { expiryOf, storedPersonOf } from './stored-item.ts'

/**
 * Creates a store of person records in memory, with the same items as the table. Several workers of one process may
 * share it. `items` is keyed by message group id; a test may read and change it.
 */
export function createMemoryStore(clock: Pick<Clock, 'now'>, items = new Map<string, Item>()): PeopleStore {
  const read = (groupId: string) => storedPersonOf(items.get(groupId) ?? {}, clock.now())
  return {
    async load(groupIds) {
      const known = groupIds.filter(id => items.has(id)).map(id => [id, read(id)] as const)
      return new Map(known.flatMap(([id, stored]) => (stored ? [[id, stored]] : [])))
    },
    async save(groupId, person, version) {
      if ((read(groupId)?.version ?? 0) !== version) return undefined
      const written = definedOf({
        ...items.get(groupId),
        ...attributesOf(person),
        version: { N: String(version + 1) },
        [limits.table.expiry]: { N: String(expiryOf(clock.now())) },
      })
      items.set(groupId, written)
      return version + 1
    },
  }
}

function definedOf(attributes: Record<string, Item[string] | undefined>): Item {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, Item[string]] => entry[1] !== undefined),
  )
}
