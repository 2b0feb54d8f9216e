import type { Endpoint } from '../kustomer/endpoints.ts'
import { customerIdPattern } from '../transform/kustomer/types.ts'
import { classifyAnswer, successOf } from './classify-answer.ts'
import type { Attributes } from './merge-addresses.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'

/** A customer that Kustomer answered, none (404), or the outcome of a request that failed. */
type CustomerAnswer =
  | { kind: 'customer'; id: string; attributes: Attributes }
  | { kind: 'none' }
  | { kind: 'stopped'; outcome: Outcome }

/** Makes a look-up or a read. Rejects only when the API key cannot be read. */
export async function requestCustomer(endpoint: Endpoint, ports: DeliveryPorts): Promise<CustomerAnswer> {
  const answer = await ports.request(endpoint)
  if (answer.kind === 'answer' && answer.status === 404 && !answer.isForeign) return { kind: 'none' }
  const customer = customerIn(successOf(answer)?.body)
  // A customer without attributes must not be written: a new list would remove the addresses that agents added.
  if (!customer?.attributes)
    return { kind: 'stopped', outcome: classifyAnswer(answer, endpoint.kind, ports.clock.now()) }
  return { kind: 'customer', id: customer.id, attributes: customer.attributes }
}

/**
 * The customer in a response's `data`. Undefined when its id is not safe in a path; only an object counts as
 * attributes.
 */
export function customerIn(body: unknown): { id: string; attributes?: Attributes } | undefined {
  const data = (body as { data?: { id?: unknown; attributes?: unknown } } | undefined)?.data
  const { id, attributes } = data ?? {}
  if (typeof id !== 'string' || !customerIdPattern.test(id)) return undefined
  const isObject = typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes)
  return { id, ...(isObject && { attributes: attributes as Attributes }) }
}

/** Whether Kustomer refused a look-up (400). Then its value is not usable as a key. */
export function isRefused(outcome: Outcome): boolean {
  return outcome.kind === 'rejected' && outcome.status === 400
}
