import type { UpsertCustomer } from '../transform/call.ts'
import type { Customer } from '../transform/kustomer/types.ts'
import type { DeliveryNote } from './delivery-note.ts'
import { uniqueAttributes } from './fill-only.ts'
import type { Found } from './find-customer.ts'
import type { Outcome } from './outcome.ts'

/**
 * A write that failed where another try may help: the customer no longer exists (`gone`), another writer changed it in
 * between (`stale`), or another customer has a value that must be unique (`duplicate`). `named` are the attributes
 * named in Kustomer's error.
 */
export type WriteFailure =
  | { kind: 'gone' }
  | { kind: 'stale'; outcome: Outcome }
  | { kind: 'duplicate'; named: string[]; outcome: Outcome; isCreate: boolean }

/** One try to create or update a customer. */
export interface Attempt {
  customer: Customer
  /** Whether the person's record and the cache are ignored. */
  isFresh: boolean
  /** The customer that the previous try found. It is not looked up again, but read again where the write needs it. */
  found?: Found
  /** Whether a create may claim the anonymous id. */
  mayClaim: boolean
  /** How often the customer was read again because another writer had changed it. */
  rereads: number
  notes: DeliveryNote[]
}

/** What to do after a failed write. Undefined: there is nothing left to try. */
export type Resolution =
  | { kind: 'again'; next: Attempt }
  | { kind: 'checkAddresses'; lists: ('emails' | 'phones')[] }
  | undefined

/** How often a customer is read again after another writer changed it. */
const maxRereads = 2

/**
 * Decides on the next try after a failed write. A customer that is gone, a create that hit an existing customer and an
 * external id that moved are looked up again, once. After a stale `rev` the customer is read again. For a duplicate
 * address each address is looked up; another duplicate attribute is left out with a note, and so is a visitor's
 * anonymous id (`externalIdFrom`) that leads to another customer. Pure; never throws.
 */
export function resolveConflict(
  failure: WriteFailure,
  attempt: Attempt,
  found: Found | undefined,
  externalIdFrom: UpsertCustomer['externalIdFrom'],
): Resolution {
  const { isFresh, customer, notes } = attempt
  const { found: _, ...anew } = attempt
  const lookAgain: Resolution = isFresh ? undefined : { kind: 'again', next: { ...anew, isFresh: true } }
  if (failure.kind === 'gone') return lookAgain
  if (failure.kind === 'stale') {
    if (!found || attempt.rereads >= maxRereads) return undefined
    const { attributes: __, ...unread } = found
    return { kind: 'again', next: { ...anew, found: unread, rereads: attempt.rereads + 1 } }
  }
  const names = (name: string) => failure.named.includes(name)
  if (failure.isCreate && attempt.mayClaim && names('externalIds'))
    return { kind: 'again', next: { ...attempt, mayClaim: false, notes: [...notes, { kind: 'notClaimed' }] } }
  const mayBeFound = failure.isCreate && (failure.named.length === 0 || names('emails'))
  if (!isFresh && (mayBeFound || names('externalId') || names('externalIds'))) return lookAgain
  const present = uniqueAttributes.filter(name => customer[name] !== undefined)
  const contested = failure.named.length > 0 ? present.filter(names) : present
  const lists = contested.filter(name => name === 'emails' || name === 'phones')
  if (lists.length > 0) return { kind: 'checkAddresses', lists }
  const isIdLeftOut = !failure.isCreate && externalIdFrom === 'anonymousId' && names('externalId')
  const left = contested.filter(
    name => name === 'whatsapps' || name === 'socials' || (name === 'externalId' && isIdLeftOut),
  )
  if (left.length === 0) return undefined
  const rest = Object.fromEntries(
    Object.entries(customer).filter(([name]) => !left.some(one => one === name)),
  )
  const contestedNotes = left.map(attribute => ({ kind: 'contested', attribute }) as const)
  return {
    kind: 'again',
    next: { ...attempt, customer: rest, notes: [...notes, ...contestedNotes], ...(found && { found }) },
  }
}
