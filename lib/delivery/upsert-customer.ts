import type { KustomerResponse } from '../kustomer/client.ts'
import { readKustomerError } from '../kustomer/error-body.ts'
import { reasonFor } from '../kustomer/reason.ts'
import type { UpsertCustomer } from '../transform/call.ts'
import type { Customer } from '../transform/kustomer/types.ts'
import { classifyAnswer, successOf } from './classify-answer.ts'
import { customerIn, type Found, findCustomer, readCustomer } from './find-customer.ts'
import {
  type Attributes,
  addressesOf,
  bringsNew,
  uniteAddresses,
  withoutAddresses,
} from './merge-addresses.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'
import { type Attempt, resolveConflict, type WriteFailure } from './resolve-conflict.ts'

/**
 * Creates or updates a customer. Kustomer has no upsert, so this finds the customer first, in memory if it can, and
 * mends what two writers can do to each other (`resolve-conflict.ts`): at most one new look-up and one try for each identifier.
 */
export async function upsertCustomer(call: UpsertCustomer, ports: DeliveryPorts): Promise<Outcome> {
  let attempt: Attempt = { customer: call.customer, isFresh: false, notes: [] }
  for (;;) {
    const result = await tryOnce(call, attempt, ports)
    if (result.kind !== 'gone' && result.kind !== 'duplicate') return result
    const next = resolveConflict(result, attempt)
    if (!next) return outcomeOf(result)
    if (next.isFresh && !attempt.isFresh) for (const key of call.find) ports.personRecords.forget(key.value)
    attempt = next
  }
}

function outcomeOf(failure: WriteFailure): Outcome {
  if (failure.kind === 'duplicate') return failure.outcome
  return { kind: 'conflict', status: 404, why: 'the customer was gone twice' }
}

async function tryOnce(
  call: UpsertCustomer,
  attempt: Attempt,
  ports: DeliveryPorts,
): Promise<Outcome | WriteFailure> {
  const search = attempt.found ?? (await findCustomer(call, attempt.isFresh, ports))
  if (search.kind === 'stopped') return search.outcome
  if (search.kind === 'nobody') return write(call, attempt, undefined, attempt.customer, ports)
  const isIdUnsure = call.externalIdFrom === 'anonymousId' && search.by === 'knownId'
  const needsRead = !search.attributes && (isIdUnsure || bringsNew(attempt.customer, search.addresses))
  const found = needsRead ? await readCustomer(search, ports) : search
  if (found.kind === 'stopped') return found.outcome
  if (found.kind === 'nobody') return { kind: 'gone' }
  return write(call, attempt, found, mergeable(call, attempt.customer, found), ports)
}

/** What may be written over this customer: united lists, and no `anonymousId` in place of an external id it has. */
function mergeable(call: UpsertCustomer, customer: Customer, { attributes }: Found): Customer {
  const united = attributes ? uniteAddresses(customer, attributes) : withoutAddresses(customer)
  const { externalId, ...rest } = united
  const mayName = call.externalIdFrom === 'userId' || (attributes && !attributes.externalId)
  return mayName ? united : rest
}

async function write(
  call: UpsertCustomer,
  { notes }: Attempt,
  found: Found | undefined,
  body: Customer,
  ports: DeliveryPorts,
): Promise<Outcome | WriteFailure> {
  const { request, endpoints, clock } = ports
  if (found && Object.keys(body).length === 0) return { kind: 'delivered', notes }
  const endpoint = found ? endpoints.updateCustomer(found.id) : endpoints.createCustomer()
  const answer = await request(endpoint, body)
  const success = successOf(answer)
  if (success) {
    learn(call, found, body, success.body, notes.length > 0, ports)
    return { kind: 'delivered', status: success.status, notes }
  }
  if (found && answer.kind === 'answer' && answer.status === 404) return { kind: 'gone' }
  return readConflict(answer, body, found) ?? classifyAnswer(answer, endpoint.kind, clock.now())
}

/** A 409, or a 400 that speaks of a duplicate. A 409 to an event that brought a `rev` is that `rev`, which is stale. */
function readConflict(
  answer: KustomerResponse,
  body: Customer,
  found: Found | undefined,
): Outcome | WriteFailure | undefined {
  if (answer.kind !== 'answer' || (answer.status !== 409 && answer.status !== 400)) return undefined
  const error = readKustomerError(answer.body)
  const { isDuplicate, attributes: parameters } = error
  const { status } = answer
  const why = reasonFor(status, error)
  if (status === 400 && !isDuplicate) return undefined
  if (!isDuplicate && found && body.rev !== undefined)
    return { kind: 'rejected', code: 'CONFLICT', status, why }
  return { kind: 'duplicate', found, parameters, outcome: { kind: 'conflict', status, why } }
}

/**
 * Remembers the ids that are surely this customer's: those that found it, were written or answered. Contested addresses
 * count as seen, so that the next event does not fight for them again.
 */
function learn(
  call: UpsertCustomer,
  found: Found | undefined,
  body: Customer,
  answer: unknown,
  isContested: boolean,
  ports: DeliveryPorts,
) {
  const customer = customerIn(answer)
  const id = customer?.id ?? found?.id
  const contested = isContested ? addressesOf(call.customer as Attributes) : []
  const attributes: Attributes = { ...found?.attributes, ...customer?.attributes }
  const addresses = [...addressesOf(attributes), ...contested]
  const foundBy = found?.key && found.key.role !== 'email' ? found.key.value : undefined
  for (const externalId of new Set([body.externalId, foundBy, attributes.externalId]))
    if (id && typeof externalId === 'string') ports.personRecords.learn(externalId, id, addresses)
  for (const key of call.find) ports.notFound.delete(key)
}
