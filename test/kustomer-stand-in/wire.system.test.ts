import { request } from 'node:http'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { startKustomerStandIn } from '../../tools/kustomer-stand-in/server.ts'
import type { StandIn, StandInOptions } from '../../tools/kustomer-stand-in/types.ts'
import { abortedRequest, rawRequest } from '../local-relay/raw-request.ts'

const path = '/v1/tracking/identityEvent'
const event = { identity: { externalId: 'u' }, event: { name: 'Ab' } }

const running: StandIn[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(standIn => standIn.close()))
})

async function started(options?: StandInOptions) {
  const standIn = await startKustomerStandIn(options)
  running.push(standIn)
  const record = (body: unknown, more: RequestInit = {}) =>
    fetch(standIn.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${standIn.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...more,
    })
  return { standIn, record }
}

describe('over HTTP', () => {
  test('an event is stored and answered with its headers', async () => {
    const { standIn, record } = await started()
    const response = await record(event)
    expect([response.status, response.headers.get('x-ratelimit-limit')]).toEqual([201, '1000000'])
    expect(await response.json()).toMatchObject({ data: { type: 'identity' } })
    expect(standIn.events()).toHaveLength(1)
  })

  test('a large body is refused with an answer', async () => {
    const { record } = await started()
    expect((await record('x'.repeat(3_000_000))).status).toBe(413)
  })

  test('a path is used as it is, with its dots', async () => {
    const { standIn } = await started()
    const path = '/v1/customers/externalId=x/../../users/current'
    const headers = { authorization: `Bearer ${standIn.apiKey}` }
    const status = await new Promise((resolve, reject) => {
      request(`${standIn.url}/`, { path, headers }, response => resolve(response.resume().statusCode))
        .once('error', reject)
        .end()
    })
    expect(status).toBe(404)
    expect(standIn.requests[0]).toMatchObject({ path, kind: 'other' })
  })

  test('a fault may drop the connection, and the controls need no key', async () => {
    const { standIn, record } = await started()
    const fault = { do: { kind: 'drop', after: 'write' } }
    const headers = { 'content-type': 'application/json' }
    const scripted = await fetch(`${standIn.url}/stand-in/faults`, {
      ...{ method: 'POST', headers, body: JSON.stringify(fault) },
    })
    expect(scripted.status).toBe(200)
    await expect(record(event)).rejects.toThrow('fetch failed')
    expect(standIn.events()).toHaveLength(1)
  })

  test('pages of other sites reach neither the API nor the controls', async () => {
    const { standIn } = await started()
    const json = { 'content-type': 'application/json' }
    const body = JSON.stringify({ apiKey: 'stolen' })
    const asked = async (path: string, headers: Record<string, string>, method = 'POST') =>
      (await rawRequest(standIn.url, { method, path, headers, body })).status
    for (const way of ['state', 'requests', 'key', 'faults', 'reset']) {
      const path = `/stand-in/${way}`
      for (const method of ['GET', 'POST', 'DELETE']) {
        expect(await asked(path, { ...json, origin: 'https://evil.example' }, method)).toBe(403)
        expect(await asked(path, { ...json, 'sec-fetch-site': 'cross-site' }, method)).toBe(403)
        expect(await asked(path, { ...json, host: 'evil.example' }, method)).toBe(403)
      }
      expect(await asked(path, { 'content-type': 'text/plain' })).toBe(415)
    }
    const key = { authorization: `Bearer ${standIn.apiKey}` }
    expect(await asked('/v1/users/current', { ...key, host: 'evil.example' }, 'GET')).toBe(403)
    expect(await asked('/v1/users/current', key, 'GET')).toBe(200)
    expect(standIn.apiKey).not.toBe('stolen')
  })

  test('broken connections and bodies that are no JSON do no harm', async () => {
    const { standIn, record } = await started()
    for (let i = 0; i < 20; i++) await abortedRequest(standIn.url)
    const headers = { authorization: `Bearer ${standIn.apiKey}`, 'content-type': 'application/json' }
    for (const body of ['', '{', 'null', '[['.repeat(20_000)])
      expect((await rawRequest(standIn.url, { path, headers, body })).status).toBe(400)
    expect((await record(event)).status).toBe(201)
  })

  test('a slow write is applied even if the client does not wait for the answer', async () => {
    const { standIn, record } = await started()
    standIn.fault({ do: { kind: 'slow', ms: 600_000 } })
    const client = new AbortController()
    const given = record(event, { signal: client.signal })
    await vi.waitFor(() => expect(standIn.events()).toHaveLength(1), 200_000)
    client.abort()
    await expect(given).rejects.toThrow('aborted')
    expect((await record(event)).status).toBe(201)
  })

  test('a slow answer can be let go', async () => {
    const { standIn, record } = await started()
    standIn.fault({ do: { kind: 'slow', ms: 600_000 } })
    const given = record(event)
    await vi.waitFor(() => expect(standIn.events()).toHaveLength(1), 200_000)
    standIn.sendDelayed()
    expect((await given).status).toBe(201)
  })

  test('an answer comes after the latency', async () => {
    const { record } = await started({ latencyMs: 40 })
    const startMs = performance.now()
    expect((await record(event)).status).toBe(201)
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(39)
  })

  test('a port in use is refused', async () => {
    const { standIn } = await started()
    await expect(startKustomerStandIn({ port: Number(new URL(standIn.url).port) })).rejects.toThrow(
      'EADDRINUSE',
    )
  })
})
