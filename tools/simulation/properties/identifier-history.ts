import { identifiersOf } from '../../kustomer-stand-in/identifiers.ts'
import type { Attributes } from '../../kustomer-stand-in/types.ts'
import type { CustomerChange } from '../kustomer-log.ts'

/** Who has had an address or an external id so far. Keys are those of the stand-in: `emails ada@x.example`. */
export interface IdentifierHistory {
  /** Takes in one change; they must come in order. */
  add(change: CustomerChange): void
  /** The customer that has it, and since when. */
  holder(key: string): { id: string; since: number; attributes: Attributes } | undefined
  /** Whether a customer other than this one has or ever had it. */
  wasAnothers(key: string, customerId: string): boolean
  /** Whether this customer has or ever had it. */
  wasOn(key: string, customerId: string): boolean
  /** When it was last taken from a customer; undefined where that never happened. */
  freedAt(key: string): number | undefined
}

/** The key of an e-mail address, a telephone number or an external id. */
export function keyOf(list: 'emails' | 'phones' | 'externalIds', value: string): string {
  return `${list} ${list === 'emails' ? value.toLowerCase() : value}`
}

/** The history of an organisation that was empty at first. */
export function createIdentifierHistory(): IdentifierHistory {
  const holders = new Map<string, { id: string; since: number }>()
  const ever = new Map<string, Set<string>>()
  const freed = new Map<string, number>()
  const latest = new Map<string, Attributes>()
  const keysOf = (attributes: Attributes | undefined) =>
    new Set(attributes ? identifiersOf(attributes).map(({ key }) => key) : [])
  return {
    add({ at, customerId, before, after }) {
      const [had, has] = [keysOf(before), keysOf(after)]
      for (const key of had) {
        if (has.has(key)) continue
        if (holders.get(key)?.id === customerId) holders.delete(key)
        freed.set(key, at)
      }
      for (const key of has) {
        if (had.has(key)) continue
        holders.set(key, { id: customerId, since: at })
        ever.set(key, (ever.get(key) ?? new Set()).add(customerId))
      }
      if (after) latest.set(customerId, after)
      else latest.delete(customerId)
    },
    holder(key) {
      const found = holders.get(key)
      const attributes = found && latest.get(found.id)
      return found && attributes ? { ...found, attributes } : undefined
    },
    wasAnothers: (key, customerId) => [...(ever.get(key) ?? [])].some(id => id !== customerId),
    wasOn: (key, customerId) => ever.get(key)?.has(customerId) ?? false,
    freedAt: key => freed.get(key),
  }
}
