import type { Customer } from '../transform/kustomer/types.ts'
import type { DeliveryNote } from './delivery-note.ts'
import { uniqueAttributes } from './fill-only.ts'
import type { Found } from './find-customer.ts'
import type { Outcome } from './outcome.ts'

/**
 * A write that came to nothing where another try may help: the customer is gone, somebody else wrote in between
 * (`stale`), or a value that must be unique is another customer's (`duplicate`). `named` are the attributes that
 * Kustomer named.
 */
export type WriteFailure =
  | { kind: 'gone' }
  | { kind: 'stale'; outcome: Outcome }
  | { kind: 'duplicate'; named: string[]; outcome: Outcome; isCreate: boolean }

/** One try at a customer. */
export interface Attempt {
  customer: Customer
  /** Nothing that is remembered counts. */
  isFresh: boolean
  /** The customer of the try before, which need not be looked up again; it is read anew where the write needs it. */
  found?: Found
  /** Whether a create may claim the anonymous id. */
  mayClaim: boolean
  /** How often a customer was read anew since somebody else wrote in between. */
  rereads: number
  notes: DeliveryNote[]
}

/** What to do about a failed write; undefined: nothing is left to try. */
export type Resolution =
  | { kind: 'again'; next: Attempt }
  | { kind: 'checkAddresses'; lists: ('emails' | 'phones')[] }
  | undefined

/** Times that a customer is read anew after somebody else wrote in between. */
const maxRereads = 2

/**
 * The next try after a failed write. A customer that is gone, a create that would double somebody and an external id
 * that moved are looked up anew, once; a stale `rev` is read anew; a contested address is found by looking each up.
 * Another contested attribute is left out with a note. Pure; never throws.
 */
export function resolveConflict(
  failure: WriteFailure,
  attempt: Attempt,
  found: Found | undefined,
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
  const left = contested.filter(name => name === 'whatsapps' || name === 'socials')
  if (left.length === 0) return undefined
  const rest = Object.fromEntries(
    Object.entries(customer).filter(([name]) => !left.some(one => one === name)),
  )
  const told = left.map(attribute => ({ kind: 'contested', attribute }) as const)
  return {
    kind: 'again',
    next: { ...attempt, customer: rest, notes: [...notes, ...told], ...(found && { found }) },
  }
}
