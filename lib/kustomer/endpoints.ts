import { type CustomerKey, identifierOf } from '../transform/call.ts'

/** Where a request goes: the whole URL, and the path with its ids left out, which logs may show. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT'
  url: string
  template: string
}

/**
 * Every URL of Kustomer that the relay calls, and the only place that spells them.
 * `base` is the configured origin without a trailing slash. Values are percent-encoded, so each stays one path segment.
 */
export function endpoints(base: string) {
  const at = (method: Endpoint['method'], path: string, template = path): Endpoint => ({
    method,
    url: `${base}${path}`,
    template,
  })
  return {
    findCustomer: (key: CustomerKey) => {
      const by = identifierOf(key)
      return at('GET', `/v1/customers/${by}=${encodeURIComponent(key.value)}`, `/v1/customers/${by}={${by}}`)
    },
    readCustomer: (id: string) => at('GET', `/v1/customers/${encodeURIComponent(id)}`, '/v1/customers/{id}'),
    createCustomer: () => at('POST', '/v1/customers'),
    updateCustomer: (id: string) =>
      at('PUT', `/v1/customers/${encodeURIComponent(id)}?replace=false`, '/v1/customers/{id}'),
    recordEvent: () => at('POST', '/v1/tracking/identityEvent'),
    currentUser: () => at('GET', '/v1/users/current'),
  }
}
