import type { Customer } from '../transform/kustomer/types.ts'
import type { Found } from './find-customer.ts'
import type { Outcome } from './outcome.ts'

/** What one try came to, where a resolution may help: the customer is gone, or an identifier is somebody else's. */
export type WriteFailure =
  | { kind: 'gone' }
  | { kind: 'duplicate'; found: Found | undefined; parameters: string[]; outcome: Outcome }

/** One try at a customer. `isFresh`: nothing that is remembered counts. `found`: known from the try before. */
export interface Attempt {
  customer: Customer
  isFresh: boolean
  found?: Found
  notes: string[]
}

/** The attributes of which Kustomer lets no two customers have the same value (developer.kustomer.com, 2026-11). */
const uniqueAttributes = ['externalId', 'emails', 'phones', 'whatsapps', 'socials'] as const

/**
 * The next try, or undefined where none is left. A customer that is gone, and a create that would double somebody, are
 * looked up again, once; an identifier that somebody else owns is left out, with a note, once for each attribute.
 */
export function resolveConflict(failure: WriteFailure, attempt: Attempt): Attempt | undefined {
  const { customer, notes, isFresh } = attempt
  if (failure.kind === 'gone') return isFresh ? undefined : { customer, notes, isFresh: true }
  if (!failure.found && !isFresh) return { customer, notes, isFresh: true }
  const contested = contestedIn(customer, failure)
  if (contested.length === 0) return undefined
  const rest = Object.fromEntries(Object.entries(customer).filter(([name]) => !contested.includes(name)))
  const note = `identifier-contested: ${contested.join(', ')}`
  const { found } = failure
  return { customer: rest, isFresh, notes: [...notes, note], ...(found && { found }) }
}

/**
 * The identifiers to leave out: those that the answer names, or all where it names none; none where it speaks of `rev`,
 * for then somebody else wrote at the same moment. The external id stays if it is the one that found the customer, and
 * on a create: a customer without it would be a stranger to the next event.
 */
function contestedIn(
  customer: Customer,
  { found, parameters }: WriteFailure & { kind: 'duplicate' },
): string[] {
  const isNamed = (name: string) => parameters.some(parameter => parameter.startsWith(name))
  const isFoundById = found?.key !== undefined && found.key.role !== 'email'
  const isKept = (name: string) => name === 'externalId' && (!found || isFoundById)
  if (parameters.includes('rev')) return []
  const present = uniqueAttributes.filter(name => customer[name] !== undefined)
  const named = uniqueAttributes.some(isNamed) ? present.filter(isNamed) : present
  return named.filter(name => !isKept(name))
}
