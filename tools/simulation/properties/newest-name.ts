import type { CustomerChange } from '../kustomer-log.ts'
import type { LedgerEntry } from '../ledger.ts'
import { textsOf } from '../marks.ts'
import type { Evidence, Property } from './evidence.ts'

/** Property 4 at the end of the run: what no single write shows, since a write may have been left out as needless. */
export const newestName: Property = {
  name: 'newest name',
  sentence:
    'No customer keeps the name that an identify gave it when a newer one of the same user gave another.',
  find(evidence) {
    if (evidence.tableFailures.length > 0) return []
    return [...lastNamings(evidence).values()].flatMap(({ after, call, customerId }) => {
      const name = String(after?.name)
      const given = evidence.ledger.entries().filter(entry => isNamedBy(entry, call?.marks ?? [], name))
      const [externalId] = given.map(({ planned }) => planned.externalId)
      const newest = newestOf(evidence, externalId)
      const isThere = textsOf(after, 'externalIds', 'externalId').includes(String(externalId))
      if (!newest || !isThere || given.length === 0 || newest.planned.identify?.name === name) return []
      return [`${customerId} is called as ${given[0]?.planned.mark} says, ${newest.planned.mark} is newer`]
    })
  },
}

/** For each customer the last change of its name, where that was the relay's and a name was there before. */
function lastNamings({ changes }: Evidence): Map<string, CustomerChange> {
  const last = new Map<string, CustomerChange>()
  for (const change of changes) {
    const { by, kind, before, after, call, customerId } = change
    const isNaming = after && after.name !== before?.name
    const isOfAgent = by === 'agent' && (isNaming || !after || kind === 'move')
    const mayFill = isNaming && before?.name === undefined
    if (isOfAgent || mayFill || call?.fault === 'late') last.delete(customerId)
    else if (isNaming) last.set(customerId, change)
  }
  return last
}

function isNamedBy({ planned }: LedgerEntry, marks: readonly string[], name: string): boolean {
  const { role, contentMark, identify } = planned
  return role === 'user' && marks.includes(contentMark) && identify?.name === name
}

/** A user's newest identify, where it gives a name and its end is known: taken, and not dead-lettered. */
function newestOf({ ledger }: Evidence, externalId: string | undefined): LedgerEntry | undefined {
  const own = ledger.entries().filter(({ planned }) => planned.identify && planned.externalId === externalId)
  const newest = own.toSorted((a, b) => a.planned.occurredAt - b.planned.occurredAt).at(-1)
  if (!newest || newest.planned.identify?.name === undefined) return undefined
  const isEnded = newest.acceptedAt.length > 0 && newest.deadLetters.length === 0 && !newest.isWaiting
  return isEnded ? newest : undefined
}
