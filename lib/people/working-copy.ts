import { personRecords as limits } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import type { PeopleStore } from './person.ts'
import { textOf } from './person-item.ts'
import type { KnownPerson } from './person-memory.ts'
import type { AskStore } from './store-access.ts'

const refreshBelowMs = limits.retentionDays * 86_400_000 - limits.refreshAfterHours * 3_600_000

/** A working copy of a person. */
export interface WorkingCopy {
  /** The current state. Change its `person`, then call `save`. */
  known: KnownPerson
  /** Whether another writer was first. Then the copy is out of date and is never written again. */
  isLost(): boolean
  /** Writes the changes, one write at a time. Resolves to false when another writer was first or the store failed. */
  save(): Promise<boolean>
}

/**
 * Creates the working copy of a person for one invocation. A write whose response was lost may have been stored. When
 * the store then refuses the next write, the record is read again, and writing continues if it holds what was written
 * here.
 */
export function createWorkingCopy(
  groupId: string,
  known: KnownPerson,
  { store, ask, clock }: { store: PeopleStore; ask: AskStore; clock: Pick<Clock, 'now'> },
): WorkingCopy {
  let isLost = false
  let turn = Promise.resolve(true)
  const tried = new Set<string>()

  const isCurrent = (text: string) =>
    text === known.savedText && (known.expiresAtMs ?? Infinity) - clock.now() >= refreshBelowMs

  const confirm = (version: number, text: string) => {
    const expiresAtMs = clock.now() + limits.retentionDays * 86_400_000
    Object.assign(known, { version, savedText: text, expiresAtMs })
    tried.clear()
    return true
  }

  const write = async (): Promise<boolean> => {
    const text = textOf(known.person)
    if (isLost || isCurrent(text)) return !isLost
    tried.add(text)
    const answer = await ask(() => store.save(groupId, known.person, known.version))
    if (!answer) return false
    return answer.value === undefined ? recover() : confirm(answer.value, text)
  }

  const recover = async (): Promise<boolean> => {
    const answer = await ask(() => store.load([groupId]))
    if (!answer) return false
    const stored = answer.value.get(groupId)
    const text = stored && textOf(stored.person)
    isLost = stored?.version !== known.version + 1 || text === undefined || !tried.has(text)
    if (isLost || !stored || text === undefined) return false
    confirm(stored.version, text)
    return write()
  }

  return {
    known,
    isLost: () => isLost,
    save() {
      turn = turn.then(write)
      return turn
    },
  }
}
