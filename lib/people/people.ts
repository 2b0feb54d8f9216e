import { emptyPerson, type PeopleStore, type Person, type StoredPerson } from './person.ts'
import { textOf } from './person-item.ts'
import { createPersonMemory, type KnownPerson, type PersonMemory } from './person-memory.ts'
import { createStoreAccess, type StorePorts } from './store-access.ts'
import { createWorkingCopy, type WorkingCopy } from './working-copy.ts'

/** The people of one invocation, by message group id. */
export interface People {
  /** Whether the store answered. If not, the records may lack what other containers did. */
  isRead: boolean
  /** The working copy of a person, empty when nothing is known. Change it, then `save` it. */
  get(groupId: string): Person
  /** Reads the record of a person who may not be in the batch. Undefined when nothing is known. Never throws. */
  peek(groupId: string): Promise<Person | undefined>
  /**
   * Writes the record if it changed since the last save. Never throws: resolves to false when another writer has
   * changed the record (then for the rest of the invocation) or when the store failed.
   */
  save(groupId: string): Promise<boolean>
}

/**
 * Creates the person records of a container. `open` reads all records of an invocation at once and never rejects: when
 * the store fails or is late, or when there is none, the invocation starts from the container's memory.
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

/** Accepts every write and holds no record, so that only the container's memory counts. */
const noStore: PeopleStore = {
  load: async () => new Map(),
  save: async (_groupId, _person, version) => version + 1,
}

/** The record as it was read, or the container's unsaved change of it if no other writer has changed it since. */
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
