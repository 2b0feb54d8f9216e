import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kustomer } from './ask.ts'

describe('a request', () => {
  test.each([
    ['GET', '/v1/users/current', undefined, {}, 200],
    ['GET', '/v1/users/current', undefined, { authorization: 'Bearer wrong' }, 401],
    ['GET', '/v1/users/current', undefined, { authorization: '' }, 401],
    ['GET', '/v1/nothing', undefined, {}, 404],
    ['DELETE', '/v1/customers', undefined, {}, 404],
    ['POST', '/v1/customers/email=a', {}, {}, 404],
    ['GET', '/v1/customers/externalId=%zz', undefined, {}, 404],
    ['POST', '/v1/customers', '{"name":', {}, 400],
    ['POST', '/v1/customers', '', {}, 400],
    ['POST', '/v1/customers', '[]', {}, 400],
    ['POST', '/v1/customers', '{}', { 'content-type': 'text/plain' }, 400],
    ['POST', '/v1/customers', `${'['.repeat(45_000)}${']'.repeat(45_000)}`, {}, 400],
    ['POST', '/v1/customers', { data: { attributes: {} } }, {}, 400],
    ['POST', '/v1/customers', JSON.stringify({ name: 'x'.repeat(102_400) }), {}, 413],
    ['POST', '/v1/customers', 'x'.repeat(3_000_000), {}, 413],
    ['POST', '/v1/customers', { custom: { aTree: 'x'.repeat(102_000) } }, {}, 201],
  ])('%s %s, body %#: %j', async (method, path, body, headers, status) => {
    const { ask } = kustomer()
    const answer = await ask(method, path, body, headers)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('x-ratelimit-limit')).toBe('1000000')
    expect(answer.headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/)
    expect(answer.headers.has('x-ratelimit-reset')).toBe(false)
    if (status >= 400) expect(answer.body?.errors[0]?.code).toMatch(/^[a-z_]+$/)
  })

  test('with a value that decodes to another endpoint stays on its endpoint', async () => {
    const { standIn, ask } = kustomer()
    for (const externalId of [
      'x/../../users/current',
      '#',
      '?replace=true',
      '😀',
      '__proto__',
      '..',
      '%2F',
    ]) {
      const { id } = standIn.addCustomer({ externalId })
      const { status, body } = await ask('GET', `/v1/customers/externalId=${encodeURIComponent(externalId)}`)
      expect([status, body?.data.id]).toEqual([200, id])
    }
    expect(standIn.requests.map(({ kind }) => kind)).toEqual(Array(7).fill('findByExternalId'))
    expect((await ask('GET', '/v1/customers/..%2Fusers%2Fcurrent')).status).toBe(404)
  })

  test('without its role gets a 403 or a 401, depending on the option; the current user needs no role', async () => {
    for (const missingRoleStatus of [401, 403] as const) {
      const { standIn, ask } = kustomer({ roles: ['org.permission.customer.read'], missingRoleStatus })
      const { id } = standIn.addCustomer({})
      expect((await ask('GET', `/v1/customers/${id}`)).status).toBe(200)
      expect((await ask('GET', '/v1/users/current')).status).toBe(200)
      expect((await ask('POST', '/v1/customers', {})).status).toBe(missingRoleStatus)
      expect((await ask('PUT', `/v1/customers/${id}`, {})).status).toBe(missingRoleStatus)
      expect(
        (await ask('POST', '/v1/tracking/identityEvent', { identity: {}, event: { name: 'Ab' } })).status,
      ).toBe(missingRoleStatus)
    }
  })

  test('with any body causes no error of the stand-in', async () => {
    const { standIn, ask } = kustomer({ customerWritesPerMinute: 1_000_000 })
    const { id } = standIn.addCustomer({})
    const keys = fc.constantFrom(
      'identity',
      'event',
      'custom',
      'emails',
      'externalId',
      '__proto__',
      'name',
      'meta',
      'rev',
    )
    const { json } = fc.letrec<{ json: unknown; object: Record<string, unknown> }>(tie => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        tie('object'),
        fc.array(tie('json'), { maxLength: 3 }),
      ),
      object: fc.dictionary(keys, tie('json'), { noNullPrototype: true }),
    }))
    const target = fc.constantFrom(
      ['POST', '/v1/customers'],
      ['PUT', `/v1/customers/${id}`],
      ['POST', '/v1/tracking/identityEvent'],
      ['POST', '/stand-in/faults'],
    )
    await fc.assert(
      fc.asyncProperty(target, json, async ([method = '', path = ''], body) => {
        const { status } = await ask(method, path, JSON.stringify(body))
        expect([200, 201, 400, 409]).toContain(status)
      }),
      { numRuns: 500 },
    )
  })
})

describe('what the log keeps', () => {
  test('of a request without the key: no body', async () => {
    const { standIn, ask } = kustomer()
    await ask('POST', '/v1/customers', { name: 'Ann' }, { authorization: 'Bearer wrong' })
    await ask('POST', '/v1/customers', { name: 'Ann' })
    expect(standIn.requests.map(({ status, body }) => [status, body])).toEqual([
      [401, undefined],
      [201, { name: 'Ann' }],
    ])
  })

  test('of a long path: its start', async () => {
    const { standIn, ask } = kustomer()
    await ask('GET', `/${'x'.repeat(60_000)}`)
    expect(standIn.requests[0]?.path).toBe(`/${'x'.repeat(8_191)}`)
  })
})

test('an answer names at most 50 errors', async () => {
  const { ask } = kustomer()
  const wrong = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`unknown${i}`, 1]))
  const { status, body } = await ask('POST', '/v1/customers', wrong)
  expect([status, body?.errors.length]).toEqual([400, 50])
})
