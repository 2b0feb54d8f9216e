import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestRelay, type TestRelay } from '../system/relay-harness.ts'

let relay: TestRelay

beforeAll(async () => {
  relay = await startTestRelay()
})
afterAll(() => relay.close())

/** Returns the status of a request with exactly these headers. `fetch` does not allow some of them. */
function statusOf(method: string, path: string, headers: Record<string, string> = {}, body = '{}') {
  return new Promise<number | undefined>((resolve, reject) => {
    const made = request(`${relay.relay.url}${path}`, { method, headers }, answer => {
      resolve(answer.statusCode)
      answer.destroy()
    })
    made.once('error', reject).end(method === 'GET' ? undefined : body)
  })
}

const json = { 'content-type': 'application/json' }
const writes = ['preview', 'find', 'send', 'whose', 'replay', 'fault', 'retry', 'settings', 'doctor'].map(
  name => `/local/${name}`,
)

describe('other sites', () => {
  test.each(writes)('cannot write to %s', async path => {
    expect(await statusOf('POST', path, { ...json, origin: 'https://evil.example' })).toBe(403)
    expect(await statusOf('POST', path, { ...json, origin: 'http://127.0.0.1:1' })).toBe(403)
    expect(await statusOf('POST', path, { ...json, origin: 'null' })).toBe(403)
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(await statusOf('POST', path, { ...json, 'sec-fetch-site': site })).toBe(403)
    expect(await statusOf('POST', path, { 'content-type': 'text/plain' })).toBe(415)
    expect(await statusOf('POST', path)).toBe(415)
    expect(await statusOf('POST', path, { ...json, host: 'evil.example' })).toBe(403)
    expect(relay.standIn.requests).toEqual([])
    expect(relay.relay.ledger.counts.received).toBe(0)
  })

  test.each([
    '/local/live',
    '/local/dead-letters',
    '/local/kustomer',
    '/local/person?externalId=u',
    '/local/setup',
    '/local/status',
    '/local/events',
    '/local/settings',
  ])('cannot read %s', async path => {
    expect(await statusOf('GET', path, { 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await statusOf('GET', path, { 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await statusOf('GET', path, { origin: 'https://evil.example' })).toBe(403)
    expect(await statusOf('GET', path, { 'sec-fetch-site': 'none' })).toBe(200)
    expect(await statusOf('GET', path, { 'sec-fetch-site': 'same-origin' })).toBe(200)
  })
})

describe('the page', () => {
  test.each(['/', '/console/main.js', '/console/main.css'])('%s has the strict policy', async path => {
    const { status, headers } = await fetch(relay.relay.url + path)
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'/,
    )
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*|http/)
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  test.each([
    '/console/',
    '/console/main.tsx',
    '/console/..%2fconsole.ts',
    '/constructor',
    '/local/__proto__',
  ])('%s does not exist', async path => {
    expect(await statusOf('GET', path)).toBe(404)
  })

  test.each(['', 'null', '[]', '{', '"text"'])('a body of %j is a 400', async body => {
    expect(await statusOf('POST', '/local/preview', json, body)).toBe(400)
  })
})
