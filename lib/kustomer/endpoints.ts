import { type CustomerKey, identifierOf } from '../transform/call.ts'

/**
 * The kind of a request: look up a customer by an identifier, read one by id, create or update one, or record a
 * tracking event. Time-outs and the metric `KustomerCalls` depend on it.
 */
export type CallKind = 'find' | 'read' | 'create' | 'update' | 'record'

/** Where a request goes: the full URL, and the path template without ids, which logs may show. */
export interface Endpoint {
  kind: CallKind
  method: (typeof methods)[CallKind]
  url: string
  template: string
}

const methods = { find: 'GET', read: 'GET', create: 'POST', update: 'PUT', record: 'POST' } as const

/**
 * Builds every Kustomer URL that the relay calls. No other file spells them.
 * `base` is the configured origin without a trailing slash. Values are percent-encoded, so each stays one path segment.
 */
export function endpoints(base: string) {
  const at = (kind: CallKind, path: string, template = path): Endpoint => ({
    ...{ kind, method: methods[kind], template },
    url: `${base}${path}`,
  })
  return {
    findCustomer: (key: CustomerKey) => {
      const by = identifierOf(key)
      return at('find', `/v1/customers/${by}=${encodeURIComponent(key.value)}`, `/v1/customers/${by}={${by}}`)
    },
    findByAddress: (by: 'email' | 'phone', address: string) =>
      at('find', `/v1/customers/${by}=${encodeURIComponent(address)}`, `/v1/customers/${by}={${by}}`),
    readCustomer: (id: string) => at('read', `/v1/customers/${encodeURIComponent(id)}`, '/v1/customers/{id}'),
    createCustomer: () => at('create', '/v1/customers'),
    updateCustomer: (id: string) =>
      at('update', `/v1/customers/${encodeURIComponent(id)}?replace=false`, '/v1/customers/{id}'),
    recordEvent: () => at('record', '/v1/tracking/identityEvent'),
    currentUser: () => at('read', '/v1/users/current'),
  }
}
