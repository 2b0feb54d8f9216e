import type { Endpoint } from '../../lib/kustomer/endpoints.ts'
import { createTransport, type Reply } from '../../lib/kustomer/transport.ts'
import { http } from '../../lib/policy.ts'

/** Kustomer's host and the key, for the requests of the doctor. */
export interface KustomerAccess {
  base: string
  key: string
}

/** Makes one request that the relay makes too. Never throws. */
export async function ask(endpoint: Endpoint, key: string, body?: object): Promise<Reply> {
  const transport = createTransport(http.maxAnswerBytes)
  try {
    return await transport.send(endpoint, key, body, http.timeoutMs[endpoint.kind])
  } finally {
    transport.close()
  }
}

/** Makes a request that the relay never makes, to a path on Kustomer's host. Undefined if there is no answer. */
export async function askPath({ base, key }: KustomerAccess, method: 'GET' | 'DELETE', path: string) {
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' }
  const signal = AbortSignal.timeout(http.timeoutMs.read)
  const answer = await fetch(`${base}${path}`, { method, headers, redirect: 'manual', signal }).catch(
    () => undefined,
  )
  if (!answer) return undefined
  const body: unknown = await answer.json().catch(() => undefined)
  return { status: answer.status, body }
}
