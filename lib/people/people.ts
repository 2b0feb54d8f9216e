import { emptyPerson, type PeopleStore, type Person, type StoredPerson } from './person.ts'
import { textOf } from './person-item.ts'
import { createPersonMemory, type KnownPerson, type PersonMemory } from './person-memory.ts'
import { createStoreAccess, type StorePorts } from './store-access.ts'
import { createWorkingCopy, type WorkingCopy } from './working-copy.ts'

/** The people of one invocation, by message group id. */
export interface People {
  /** Whether the store answered: without it nobody knows what other containers did. */
  isRead: boolean
  /** The working copy of a person; an empty one where nothing is known. Change it, then `save` it. */
  get(groupId: string): Person
  /** Somebody else's record, to look at; undefined where nothing is known. Never throws. */
  peek(groupId: string): Promise<Person | undefined>
  /**
   * Writes what changed since the last save; nothing where nothing did. Never throws: gives false where the record is
   * lost to another writer (then for the rest of the invocation) or where the store failed.
   */
  save(groupId: string): Promise<boolean>
}

/**
 * The people of a container. `open` reads everybody of an invocation at once and never rejects: where the store fails
 * or is late, the invocation starts from what this container remembers. Without a store it always does.
 */
export function createPeople(store: PeopleStore | undefined, ports: StorePorts) {
  const memory = createPersonMemory(ports.clock)
  return {
    async open(groupIds: readonly string[]): Promise<People> {
      const ask = createStoreAccess(ports)
      const read = store && groupIds.length > 0 ? await ask(() => store.load(groupIds)) : undefined
      const wereRead = new Set(read && groupIds)
      const recordPorts = { ask, store: store ?? noStore, clock: ports.clock }
      const copies = new Map<string, WorkingCopy>()
      const openCopy = (groupId: string) => {
        const remembered = memory.get(groupId)
        const known = wereRead.has(groupId) ? startOf(read?.value.get(groupId), remembered) : remembered
        const copy = createWorkingCopy(groupId, known ?? startOf(), recordPorts)
        memory.set(groupId, copy.known)
        copies.set(groupId, copy)
        return copy
      }
      for (const groupId of new Set(groupIds)) openCopy(groupId)
      const copyOf = (groupId: string) => copies.get(groupId) ?? openCopy(groupId)
      return {
        isRead: read !== undefined,
        async peek(groupId) {
          const found = store && (await ask(() => store.load([groupId])))
          return found?.value.get(groupId)?.person ?? memory.get(groupId)?.person
        },
        get: groupId => copyOf(groupId).known.person,
        save: groupId => saveCopy(groupId, copyOf(groupId), memory),
      }
    },
  }
}

async function saveCopy(groupId: string, copy: WorkingCopy, memory: PersonMemory): Promise<boolean> {
  const isSaved = await copy.save()
  if (copy.isLost()) memory.delete(groupId)
  else memory.set(groupId, copy.known)
  return isSaved
}

/** Takes every write and knows nobody: the container's memory is all there is. */
const noStore: PeopleStore = {
  load: async () => new Map(),
  save: async (_groupId, _person, version) => version + 1,
}

/** The record as it was read; with what this container could not save since, where nobody else wrote meanwhile. */
function startOf(stored?: StoredPerson, remembered?: KnownPerson): KnownPerson {
  const { person, version, expiresAtMs } = stored ?? { person: emptyPerson(), version: 0 }
  const known = {
    person,
    version,
    savedText: textOf(person),
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  }
  const isUnsaved = remembered?.version === version && textOf(remembered.person) !== remembered.savedText
  return isUnsaved ? { ...known, person: remembered.person } : known
}
