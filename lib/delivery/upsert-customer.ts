import { refuse } from '../people/addresses.ts'
import type { UpsertCustomer } from '../transform/call.ts'
import { contestedAddresses } from './contested-addresses.ts'
import { updateBody } from './customer-body.ts'
import { findCustomer, readCustomer } from './find-customer.ts'
import { hasUnknownAddress, isOlderThanLast, isUnchanged, learnTime, withoutRefused } from './known-person.ts'
import { withoutThese } from './merge-addresses.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'
import { type Attempt, resolveConflict } from './resolve-conflict.ts'
import { createCustomer, type Failed, updateCustomer } from './write-customer.ts'

/**
 * Creates or updates a customer. Kustomer has no upsert, so this first finds the customer, in the person's record where
 * possible, and resolves conflicts with other writers (`resolve-conflict.ts`). An identify that is unchanged since the
 * last one is skipped. Rejects only when the API key cannot be read.
 */
export async function upsertCustomer(call: UpsertCustomer, ports: DeliveryPorts): Promise<Outcome> {
  if (isUnchanged(call, ports)) {
    learnTime(ports)
    return unchanged
  }
  const customer = withoutRefused(call.customer, ports)
  let attempt: Attempt = { customer, isFresh: false, mayClaim: true, rereads: 0, notes: [] }
  for (;;) {
    const result = await tryOnce(call, attempt, ports)
    if (result.kind !== 'gone' && result.kind !== 'stale' && result.kind !== 'duplicate') return result
    const next = await nextAttempt(call, result, attempt, ports)
    if (!('customer' in next)) return next
    if (ports.isMerged && next.notes.length > 0) return oneByOne
    attempt = next
  }
}

const unchanged: Outcome = { kind: 'skipped', why: 'unchanged since the last identify', spared: 'unchanged' }

/** A merged write that is not plain need not apply to each of its identifies, so the worker tries each alone. */
const oneByOne: Outcome = { kind: 'conflict', status: 409, why: 'the merged identifies are tried one by one' }

async function nextAttempt(
  call: UpsertCustomer,
  failed: Failed,
  attempt: Attempt,
  ports: DeliveryPorts,
): Promise<Attempt | Outcome> {
  const resolution = resolveConflict(failed, attempt, failed.found, call.externalIdFrom)
  const outcome = failed.kind === 'gone' ? goneTwice : failed.outcome
  if (!resolution) return outcome
  if (resolution.kind === 'again') {
    if (!resolution.next.isFresh || attempt.isFresh) return resolution.next
    forget(call, ports)
    return { ...resolution.next, customer: call.customer }
  }
  const contested = await contestedAddresses(attempt.customer, resolution.lists, failed.found?.id, ports)
  if (contested.kind === 'stopped') return contested.outcome
  if (contested.addresses.size === 0) return outcome
  for (const address of contested.addresses) refuse(ports.person, ports.hash(address), ports.clock.now())
  const customer = withoutThese(attempt.customer, contested.addresses)
  const notes = [...attempt.notes, { kind: 'contested', attribute: resolution.lists.join(', ') } as const]
  return { ...attempt, customer, notes, ...(failed.found && { found: failed.found }) }
}

const goneTwice: Outcome = {
  kind: 'conflict',
  status: 404,
  why: 'Kustomer named a customer that it does not have, twice. Check the customer, then replay.',
}

function forget(call: UpsertCustomer, { person, notFound }: DeliveryPorts) {
  delete person.customerId
  person.addresses = []
  person.refused = []
  for (const key of call.find) notFound.delete(key)
}

async function tryOnce(
  call: UpsertCustomer,
  attempt: Attempt,
  ports: DeliveryPorts,
): Promise<Outcome | Failed> {
  const search = attempt.found ?? (await findCustomer(call, attempt.isFresh, ports))
  if (search.kind === 'stopped') return search.outcome
  if (search.kind === 'none') {
    if (ports.isMerged && search.othersKeys.some(key => key.role === 'email')) return oneByOne
    return createCustomer(call, attempt, search, ports)
  }
  const isOlder = isOlderThanLast(ports)
  const isUnsure =
    call.externalIdFrom === 'anonymousId' ||
    isOlder ||
    attempt.rereads > 0 ||
    hasUnknownAddress(attempt.customer, search.id, ports)
  const found = isUnsure && !search.attributes ? await readCustomer(call, search, ports) : search
  if (found.kind === 'stopped') return found.outcome
  // Deleted, or another user's since it was found.
  if (found.kind === 'none' || found.claim === 'none') return { kind: 'gone' }
  const planned = updateBody(call, attempt.customer, found, isOlder)
  if (ports.isMerged && planned.notes.some(({ kind }) => kind === 'filledOnly' || kind === 'noRoom'))
    return oneByOne
  return updateCustomer(call, attempt, found, planned, ports)
}
