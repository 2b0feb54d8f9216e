import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { type AnswerBody, readAnswerBody } from './answer-body.ts'
import type { Endpoint } from './endpoints.ts'
import type { Headers } from './rate-headers.ts'

/**
 * The result of one request: a response (`answer`) or none. `isForeign`: the body is not Kustomer's. `mayBeStored`: the
 * whole request was sent, so Kustomer may have carried it out.
 */
export type Reply =
  | ({ kind: 'answer'; status: number; headers: Headers } & AnswerBody)
  | { kind: 'none'; why: 'time-out' | 'no connection' | 'connection lost'; mayBeStored: boolean }

/** Sends one request, without retries and redirects. Never throws. */
export interface Transport {
  /** Resolves after `timeoutMs` at the latest, whatever the server does. */
  send(endpoint: Endpoint, key: string, body: object | undefined, timeoutMs: number): Promise<Reply>
  /** Closes the connections. A connection that was open while the container was frozen may be dead. */
  close(): void
}

/**
 * Creates an HTTP transport with keep-alive connections, meant for one invocation. The body is undefined when it is
 * longer than `maxAnswerBytes`, truncated or not JSON.
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

/**
 * Resolves with the first event that ends the request. For an `upgrade`, and for some closed connections, Node emits
 * neither `response` nor `error`.
 */
async function replyTo(outgoing: ClientRequest, maxBytes: number, timeoutMs: number): Promise<Reply> {
  const { promise, resolve } = Promise.withResolvers<Reply>()
  const chunks: Buffer[] = []
  let head: IncomingMessage | undefined
  const timer = setTimeout(() => {
    resolve(head ? answerOf(head, chunks) : noAnswer('time-out', outgoing))
    outgoing.destroy()
  }, timeoutMs)
  outgoing.on('response', async incoming => {
    head = incoming
    await readBody(incoming, maxBytes, chunks)
    resolve(answerOf(incoming, chunks))
  })
  outgoing.on('upgrade', (incoming, socket) => {
    socket.destroy()
    resolve(answerOf(incoming, []))
  })
  const lose = () => {
    if (!head) resolve(noAnswer(outgoing.writableFinished ? 'connection lost' : 'no connection', outgoing))
  }
  outgoing.on('error', lose).on('close', lose)
  return promise.finally(() => clearTimeout(timer))
}

/** Kustomer does not act on a part of a request: it may have stored only a request that was sent completely. */
function noAnswer(
  why: (Reply & { kind: 'none' })['why'],
  { writableFinished, method }: ClientRequest,
): Reply {
  return { kind: 'none', why, mayBeStored: writableFinished && method !== 'GET' }
}

function answerOf({ statusCode: status = 0, headers, complete }: IncomingMessage, chunks: Buffer[]): Reply {
  const read = readAnswerBody(Buffer.concat(chunks).toString(), status, headers)
  return { kind: 'answer', status, headers, ...read, ...(!complete && { body: undefined }) }
}

/** Reads at most about `maxBytes` into `chunks`. Of a body that is too long or breaks off, the beginning is kept. */
async function readBody(incoming: IncomingMessage, maxBytes: number, chunks: Buffer[]): Promise<void> {
  let bytes = 0
  try {
    for await (const chunk of incoming) {
      bytes += chunk.length
      if (bytes > maxBytes) return
      chunks.push(chunk)
    }
  } catch {
    // The connection broke: keep what has arrived.
  }
}
