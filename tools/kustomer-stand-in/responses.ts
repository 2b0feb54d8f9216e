import type { StoredCustomer } from './types.ts'
import type { KustomerError } from './validate.ts'

/** A response: `body` is sent as JSON, `text` exactly as it is. `applied` says that a write was stored. */
export interface StandInResponse {
  status: number
  body?: unknown
  text?: string
  contentType?: string
  headers?: Record<string, string>
  applied?: boolean
}

const orgId = '57d9d3a1e4b0c6a5f8e21b70'
const org = { data: { type: 'org', id: orgId }, links: { self: `/v1/orgs/${orgId}` } }

/** Returns an error in the shape of Kustomer's newer documentation. Errors about access and limits have it. */
export function refusal(status: number, code: string, message: string): StandInResponse {
  return { status, body: { errors: [{ code, message, meta: {} }] } }
}

/** Returns errors in the shape that was recorded from Kustomer. The response has the status of the first error. */
export function errors(...list: [KustomerError, ...KustomerError[]]): StandInResponse {
  return { status: list[0].status, body: { errors: list } }
}

/** Returns the 404 that was recorded from Kustomer when a look-up finds nothing. */
export function notFound(parameter: string): StandInResponse {
  return errors({ status: 404, source: { parameter }, code: 'notfound', title: 'Not Found' })
}

/** Returns the response to a write with an identifier that another customer has. */
export function duplicate(status: number, parameter: string): StandInResponse {
  return errors({ status, code: 'duplicate', source: { parameter }, title: 'duplicate detected' })
}

/** Returns a customer in the shape of the response to look-ups, creates and updates. */
export function customerAnswer(status: number, { id, attributes }: StoredCustomer): StandInResponse {
  const links = { self: `/v1/customers/${id}` }
  return { status, body: { data: { type: 'customer', id, attributes, relationships: { org }, links } } }
}

/** Returns the response to an event: the identity, with the customer's id in its relationships. */
export function identityAnswer(id: string, attributes: object, customerId: string): StandInResponse {
  const customer = {
    data: { type: 'customer', id: customerId },
    links: { self: `/v1/customers/${customerId}` },
  }
  return {
    status: 201,
    body: { data: { type: 'identity', id, attributes, relationships: { org, customer } } },
  }
}

/** Returns the response to `GET /v1/users/current`: the user of the key. */
export function userAnswer(): StandInResponse {
  const id = '57d9d3a1e4b0c6a5f8e21b71'
  const attributes = { name: 'Local key', userType: 'machine' }
  const links = { self: `/v1/users/${id}` }
  return { status: 200, body: { data: { type: 'user', id, attributes, relationships: { org }, links } } }
}
