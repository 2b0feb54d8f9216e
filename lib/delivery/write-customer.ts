import type { KustomerResponse } from '../kustomer/client.ts'
import { readKustomerError } from '../kustomer/error-body.ts'
import { reasonFor } from '../kustomer/reason.ts'
import { refuse } from '../people/addresses.ts'
import type { UpsertCustomer } from '../transform/call.ts'
import { classifyAnswer, successOf } from './classify-answer.ts'
import { type CustomerBody, createBody, type PlannedWrite } from './customer-body.ts'
import type { DeliveryNote } from './delivery-note.ts'
import type { Found, NoCustomer } from './find-customer.ts'
import { learnCustomer, learnTime, learnWithoutRoom } from './known-person.ts'
import { addressKey, withoutThese } from './merge-addresses.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'
import { customerIn } from './request-customer.ts'
import type { Attempt, WriteFailure } from './resolve-conflict.ts'

/** A failed try, and the customer that it tried to update. */
export type Failed = WriteFailure & { found?: Found | undefined }

/**
 * Creates a customer. Addresses that led to another person's customer are left out. For a user, the create also claims
 * the visitor's anonymous id, so that a late anonymous event updates the same customer.
 */
export async function createCustomer(
  call: UpsertCustomer,
  attempt: Attempt,
  { othersKeys }: NoCustomer,
  ports: DeliveryPorts,
): Promise<Outcome | Failed> {
  const { quirks, person, clock } = ports
  const taken = othersKeys.flatMap(({ role, value }) =>
    role === 'email' ? [addressKey('email', value)] : [],
  )
  for (const address of taken) refuse(person, ports.hash(address), clock.now())
  const body = createBody(
    withoutThese(attempt.customer, new Set(taken)),
    claimable(call, attempt, othersKeys, ports),
  )
  const answer = await ports.request(ports.endpoints.createCustomer(), body)
  const made = successOf(answer) && customerIn(successOf(answer)?.body)
  const notes: DeliveryNote[] = taken.length > 0 ? [...attempt.notes, { kind: 'leftAlone' }] : attempt.notes
  if (!successOf(answer)) {
    const failed = failureOf(answer, body, undefined, false, ports)
    if (failed.kind === 'duplicate' && failed.status === 400 && failed.named.includes('externalIds'))
      quirks.refusesExternalIds = true
    return failed
  }
  if (made) learnCustomer(call, { kind: 'found', by: 'record', claim: 'update', ...made }, body, ports)
  else learnTime(ports)
  return delivered(answer, notes)
}

/** Updates a customer as planned. A plan with an empty body makes no request. */
export async function updateCustomer(
  call: UpsertCustomer,
  attempt: Attempt,
  found: Found,
  { body, notes, withoutRoom, hasReadRev }: PlannedWrite,
  ports: DeliveryPorts,
): Promise<Outcome | Failed> {
  const allNotes = [...attempt.notes, ...notes]
  if (Object.keys(body).length === 0) {
    learnCustomer(call, found, body, ports)
    learnWithoutRoom(found, withoutRoom, ports)
    return { kind: 'delivered', notes: allNotes }
  }
  const answer = await ports.request(ports.endpoints.updateCustomer(found.id), body)
  const success = successOf(answer)
  if (!success) return failureOf(answer, body, found, hasReadRev, ports)
  const attributes = { ...found.attributes, ...customerIn(success.body)?.attributes }
  learnCustomer(call, { ...found, attributes }, body, ports)
  learnWithoutRoom(found, withoutRoom, ports)
  const isSpared = found.by === 'record' && found.attributes === undefined
  return { ...delivered(answer, allNotes), ...(isSpared && { spared: 'lookUpsSaved' }) }
}

function delivered(answer: KustomerResponse, notes: DeliveryNote[]) {
  return { kind: 'delivered' as const, notes, ...(answer.kind === 'answer' && { status: answer.status }) }
}

/** The anonymous id that a create may claim: that of a user's event, unless it led to another person's customer. */
function claimable(
  { externalIdFrom, find, customer }: UpsertCustomer,
  { mayClaim }: Attempt,
  othersKeys: readonly { role: string }[],
  { quirks }: DeliveryPorts,
): string | undefined {
  if (externalIdFrom !== 'userId' || !mayClaim || quirks.refusesExternalIds) return undefined
  if (othersKeys.some(({ role }) => role === 'anonymous')) return undefined
  const anonymous = find.find(({ role }) => role === 'anonymous')?.value
  return anonymous === customer.externalId ? undefined : anonymous
}

/**
 * Why a write failed. A 409, and a 400 that reports a duplicate or names `externalIds`, may be resolved. A 409 that
 * names no unique attribute means a stale `rev`: the event's own, or the one that was read.
 */
function failureOf(
  answer: KustomerResponse,
  body: CustomerBody,
  found: Found | undefined,
  hasReadRev: boolean,
  ports: DeliveryPorts,
): (Outcome & { status?: number }) | (Failed & { status?: number }) {
  const outcome = classifyAnswer(answer, found ? 'update' : 'create', ports.clock.now())
  if (answer.kind !== 'answer') return outcome
  const { status } = answer
  if (found && status === 404 && !answer.isForeign) return { kind: 'gone', found }
  if (status !== 409 && status !== 400) return outcome
  const error = readKustomerError(answer.body)
  const { isDuplicate, attributes: named } = error
  const why = reasonFor(status, error)
  const conflict: Outcome = { kind: 'conflict', status: 409, why }
  const isRefusedClaim = body.externalIds !== undefined && named.includes('externalIds')
  if (isDuplicate || isRefusedClaim)
    return {
      kind: 'duplicate',
      named,
      outcome: status === 409 ? conflict : outcome,
      isCreate: !found,
      found,
      status,
    }
  if (status === 400) return outcome
  const isUnique = named.some(name =>
    ['externalId', 'externalIds', 'emails', 'phones', 'whatsapps', 'socials'].includes(name),
  )
  if (isUnique) return { kind: 'duplicate', named, outcome: conflict, isCreate: !found, found, status }
  if (!hasReadRev && body.rev !== undefined) return { kind: 'rejected', code: 'CONFLICT', status, why }
  return hasReadRev ? { kind: 'stale', outcome: conflict, found } : conflict
}
