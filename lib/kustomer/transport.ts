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
  /** Settles after `timeoutMs` at the latest, whatever the other side does. */
  send(endpoint: Endpoint, key: string, body: object | undefined, timeoutMs: number): Promise<Reply>
  /** Closes its connections: one that sleeps through a frozen container is dead without knowing it. */
  close(): void
}

/**
 * HTTP over kept-alive connections of its own, meant to live for one invocation. A body that is longer than
 * `maxAnswerBytes`, broken off or no JSON is given as undefined: the status alone decides then.
 */
export function createTransport(maxAnswerBytes: number): Transport {
  const agents = {
    'http:': new HttpAgent({ keepAlive: true }),
    'https:': new HttpsAgent({ keepAlive: true }),
  }
  return {
    send: async (endpoint, key, body, timeoutMs) => {
      const payload = body && Buffer.from(JSON.stringify(body))
      const url = new URL(endpoint.url)
      const isSecure = url.protocol === 'https:'
      const outgoing = (isSecure ? httpsRequest : httpRequest)(url, {
        method: endpoint.method,
        agent: agents[isSecure ? 'https:' : 'http:'],
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          ...(payload && { 'content-type': 'application/json', 'content-length': payload.length }),
        },
      })
      outgoing.end(payload)
      return replyTo(outgoing, maxAnswerBytes, timeoutMs)
    },
    close() {
      agents['http:'].destroy()
      agents['https:'].destroy()
    },
  }
}

/** The first of what can end a request. Node tells neither an `upgrade` nor every `close` as a response or an error. */
async function replyTo(outgoing: ClientRequest, maxBytes: number, timeoutMs: number): Promise<Reply> {
  const { promise, resolve } = Promise.withResolvers<Reply>()
  let head: IncomingMessage | undefined
  const timer = setTimeout(() => {
    resolve(head ? answerOf(head, undefined) : noAnswer('time-out', outgoing))
    outgoing.destroy()
  }, timeoutMs)
  outgoing.on('response', async incoming => {
    head = incoming
    resolve(answerOf(incoming, await readBody(incoming, maxBytes)))
  })
  outgoing.on('upgrade', (incoming, socket) => {
    socket.destroy()
    resolve(answerOf(incoming, undefined))
  })
  const lose = () => {
    if (!head) resolve(noAnswer(outgoing.writableFinished ? 'connection lost' : 'no connection', outgoing))
  }
  outgoing.on('error', lose).on('close', lose)
  return promise.finally(() => clearTimeout(timer))
}

/** Kustomer acts on no half of a request: only one that left as a whole may be stored. */
function noAnswer(
  why: (Reply & { kind: 'none' })['why'],
  { writableFinished, method }: ClientRequest,
): Reply {
  return { kind: 'none', why, mayBeStored: writableFinished && method !== 'GET' }
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, body: unknown): Reply {
  return { kind: 'answer', status: statusCode, headers, body }
}

async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of incoming) {
      bytes += chunk.length
      if (bytes > maxBytes) return undefined
      chunks.push(chunk)
    }
  } catch {
    return undefined
  }
  return parse(Buffer.concat(chunks).toString())
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
