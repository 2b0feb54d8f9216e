import { personRecords as limits } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { PeopleStore, StoredPerson } from './person.ts'
import { textOf } from './person-item.ts'
import type { KnownPerson } from './person-memory.ts'
import type { AskStore } from './store-access.ts'
import { withDeliveries } from './with-deliveries.ts'

const retentionMs = limits.retentionDays * 86_400_000
const refreshBelowMs = retentionMs - limits.refreshAfterHours * 3_600_000

/** A working copy of a person. */
export interface WorkingCopy {
  /** The current state. Change its `person`, then call `save`. */
  known: KnownPerson
  /** Whether another writer was first. Then only what was delivered here is added to that writer's record. */
  isLost(): boolean
  /** Writes the changes, one write at a time. Resolves to false when another writer was first or the store failed. */
  save(): Promise<boolean>
}

/** What a working copy needs: the store, and how it is called. */
interface WorkingCopyPorts {
  store: PeopleStore
  ask: AskStore
  clock: Pick<Clock, 'now'>
}

/**
 * Creates the working copy of a person for one invocation. A write whose response was lost may have been stored. When
 * the store then refuses the next write, the record is read again, and writing continues if it holds what was written
 * here. If not, another writer was first: a worker that outlived its turn, or the late write of an earlier invocation.
 */
export function createWorkingCopy(
  groupId: string,
  known: KnownPerson,
  { store, ask, clock }: WorkingCopyPorts,
): WorkingCopy {
  let isLost = false
  let turn = Promise.resolve(true)
  const tried = new Set<string>()

  const confirm = (version: number, text: string) => {
    Object.assign(known, { version, savedText: text, expiresAtMs: clock.now() + retentionMs })
    tried.clear()
    return true
  }

  const write = async (): Promise<boolean> => {
    const text = textOf(known.person)
    if (isLost) return addToOthers(await reload())
    if (isCurrent(known, text, clock.now())) return true
    tried.add(text)
    const answer = await ask(() => store.save(groupId, known.person, known.version))
    if (!answer) return false
    return answer.value === undefined ? recover() : confirm(answer.value, text)
  }

  const reload = async () => {
    const answer = await ask(() => store.load([groupId]))
    return answer && { stored: answer.value.get(groupId) }
  }

  const recover = async (): Promise<boolean> => {
    const read = await reload()
    if (!read) return false
    const own = ownWrite(read.stored, known.version, tried)
    isLost = own === undefined
    if (!own) return addToOthers(read)
    confirm(own.version, own.text)
    return write()
  }

  const addToOthers = async (read?: { stored: StoredPerson | undefined }): Promise<false> => {
    const stored = read?.stored
    const both = stored && withDeliveries(stored.person, known.person)
    if (both && textOf(both) !== textOf(stored.person))
      await ask(() => store.save(groupId, both, stored.version))
    return false
  }

  const save = () => {
    turn = turn.then(write)
    return turn
  }
  return { known, isLost: () => isLost, save }
}

function isCurrent({ savedText, expiresAtMs = Infinity }: KnownPerson, text: string, nowMs: number): boolean {
  return text === savedText && expiresAtMs - nowMs >= refreshBelowMs
}

/** The stored record, if it is the next version after `version` and holds one of the texts that were tried here. */
function ownWrite(stored: StoredPerson | undefined, version: number, tried: ReadonlySet<string>) {
  const text = stored && textOf(stored.person)
  const isOwn = stored?.version === version + 1 && text !== undefined && tried.has(text)
  return isOwn ? { version: stored.version, text } : undefined
}
