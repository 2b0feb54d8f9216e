import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Endpoint } from './endpoints.ts'
import type { Headers } from './rate-headers.ts'

/** What came back of one request: an answer, or none. `mayBeStored`: the whole request had left us. */
export type Reply =
  | { kind: 'answer'; status: number; headers: Headers; body: unknown }
  | { kind: 'none'; why: 'time-out' | 'no connection' | 'connection lost'; mayBeStored: boolean }

/** Sends one request, once: no retries, no redirects. Never throws. */
export interface Transport {
  send(endpoint: Endpoint, key: string, body: object | undefined, timeoutMs: number): Promise<Reply>
  /** Closes its connections: one that sleeps through a frozen container is dead without knowing it. */
  close(): void
}

/**
 * HTTP over kept-alive connections of its own, meant to live for one invocation. A body that is longer than
 * `maxAnswerBytes` or no JSON is given as undefined: the status alone decides then.
 */
export function createTransport(maxAnswerBytes: number): Transport {
  const agents = {
    'http:': new HttpAgent({ keepAlive: true }),
    'https:': new HttpsAgent({ keepAlive: true }),
  }
  return {
    send: (endpoint, key, body, timeoutMs) =>
      new Promise(resolve => {
        const payload = body && Buffer.from(JSON.stringify(body))
        const url = new URL(endpoint.url)
        const isSecure = url.protocol === 'https:'
        const outgoing = (isSecure ? httpsRequest : httpRequest)(url, {
          method: endpoint.method,
          agent: agents[isSecure ? 'https:' : 'http:'],
          signal: AbortSignal.timeout(Math.max(1, timeoutMs)),
          headers: {
            authorization: `Bearer ${key}`,
            accept: 'application/json',
            ...(payload && { 'content-type': 'application/json', 'content-length': payload.length }),
          },
        })
        outgoing.on('response', incoming => resolve(readAnswer(incoming, maxAnswerBytes)))
        outgoing.on('error', error => resolve(noAnswer(error, outgoing)))
        outgoing.end(payload)
      }),
    close() {
      agents['http:'].destroy()
      agents['https:'].destroy()
    },
  }
}

function noAnswer(error: Error, outgoing: ClientRequest): Reply {
  const isConnected = outgoing.writableFinished
  const why = error.name === 'AbortError' ? 'time-out' : isConnected ? 'connection lost' : 'no connection'
  return { kind: 'none', why, mayBeStored: isConnected && outgoing.method !== 'GET' }
}

async function readAnswer(incoming: IncomingMessage, maxBytes: number): Promise<Reply> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of incoming) {
      bytes += chunk.length
      if (bytes > maxBytes) break
      chunks.push(chunk)
    }
  } catch {
    bytes = Number.POSITIVE_INFINITY
  }
  const body = bytes > maxBytes ? undefined : parse(Buffer.concat(chunks).toString())
  return { kind: 'answer', status: incoming.statusCode ?? 0, headers: incoming.headers, body }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
