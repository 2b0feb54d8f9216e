import type { StoredCustomer } from './types.ts'
import type { KustomerError } from './validate.ts'

/** What is sent back: `body` as JSON, or `text` to the letter. `applied`: a write was stored. */
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

/** An error in the shape of Kustomer's newer documents, which answers about access and limits have. */
export function refusal(status: number, code: string, message: string): StandInResponse {
  return { status, body: { errors: [{ code, message, meta: {} }] } }
}

/** Errors in the shape that was recorded of Kustomer; the first one's status is the answer's. */
export function errors(...list: [KustomerError, ...KustomerError[]]): StandInResponse {
  return { status: list[0].status, body: { errors: list } }
}

/** The recorded answer to a look-up in vain. */
export function notFound(parameter: string): StandInResponse {
  return errors({ status: 404, source: { parameter }, code: 'notfound', title: 'Not Found' })
}

/** The answer to an identifier that another customer has. */
export function duplicate(status: number, parameter: string): StandInResponse {
  return errors({ status, code: 'duplicate', source: { parameter }, title: 'duplicate detected' })
}

/** A customer, as look-ups, creates and updates answer it. */
export function customerAnswer(status: number, { id, attributes }: StoredCustomer): StandInResponse {
  const links = { self: `/v1/customers/${id}` }
  return { status, body: { data: { type: 'customer', id, attributes, relationships: { org }, links } } }
}

/** The answer to an event: the identity, with the customer's id among its relationships. */
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

/** Whose key it is. */
export function userAnswer(): StandInResponse {
  const id = '57d9d3a1e4b0c6a5f8e21b71'
  const attributes = { name: 'Local key', userType: 'machine' }
  const links = { self: `/v1/users/${id}` }
  return { status: 200, body: { data: { type: 'user', id, attributes, relationships: { org }, links } } }
}
