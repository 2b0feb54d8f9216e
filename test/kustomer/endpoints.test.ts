import { expect, test } from 'vitest'
import { type CallKind, type Endpoint, endpoints } from '../../lib/kustomer/endpoints.ts'

const at = endpoints('https://kustomer.test')
const customers = '/v1/customers'
const id = { role: 'user', value: 'a/b=c' } as const
const email = { role: 'email', value: 'ada+1@example.com' } as const

test.each<[Endpoint, CallKind, string, string]>([
  [at.findCustomer(id), 'find', `${customers}/externalId=a%2Fb%3Dc`, `${customers}/externalId={externalId}`],
  [at.findCustomer(email), 'find', `${customers}/email=ada%2B1%40example.com`, `${customers}/email={email}`],
  [at.readCustomer('58/1'), 'read', `${customers}/58%2F1`, `${customers}/{id}`],
  [at.createCustomer(), 'create', customers, customers],
  [at.updateCustomer('581'), 'update', `${customers}/581?replace=false`, `${customers}/{id}`],
  [at.recordEvent(), 'record', '/v1/tracking/identityEvent', '/v1/tracking/identityEvent'],
  [at.currentUser(), 'read', '/v1/users/current', '/v1/users/current'],
])('%j is a %s at %s, in logs %s', (endpoint, kind, path, template) => {
  const method = { find: 'GET', read: 'GET', create: 'POST', update: 'PUT', record: 'POST' }[kind]
  expect(endpoint).toEqual({ kind, method, url: `https://kustomer.test${path}`, template })
})
