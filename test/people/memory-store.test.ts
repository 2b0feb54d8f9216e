import { createMemoryStore } from '../../lib/people/memory-store.ts'
import type { Item } from '../../lib/people/person-item.ts'
import { describeStore } from './conformance.ts'

describeStore('the memory store', async clock => {
  const items = new Map<string, Item>()
  return {
    stores: [createMemoryStore(clock, items), createMemoryStore(clock, items)],
    item: async groupId => items.get(groupId),
    put: async (groupId, item) => void items.set(groupId, item),
    close: async () => undefined,
  }
})
