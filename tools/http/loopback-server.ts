import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { isOnLoopback } from '../../lib/settings.ts'
import { createBodyReader } from './body-reader.ts'
import { type HttpResponse, messageResponse } from './response.ts'

/**
 * Answers a request whose host was checked and whose body was read. Undefined destroys the connection without a
 * response. If it rejects, the response is a 500.
 */
export type RequestHandler = (
  request: IncomingMessage,
  url: URL,
  body: Buffer,
) => Promise<HttpResponse | undefined>

/** An HTTP server on loopback. */
export interface HttpServer {
  url: string
  port: number
  /** Starts to answer requests. Before it, the response to each request is a 503. */
  open(answer: RequestHandler): void
  close(): Promise<void>
}

/** The options of a loopback server. */
export interface ServerOptions {
  maxHeaderSize?: number
  /** Returns the response to a request that its headers condemn. Its body is then not kept. */
  refuse?: (request: IncomingMessage) => HttpResponse | undefined
}

const tooLarge = messageResponse(413, 'Request Entity Too Large')

/** Limits of the bodies of all requests to one server. */
const bodies = {
  /** API Gateway's limit: 10 MB. */
  maxBytes: 10 * 1024 * 1024,
  /** More than Kustomer or SQS usually get, so that only rare requests wait. 200 of them are 50 MB. */
  smallBytes: 256 * 1024,
  /** 40 MB. */
  largeAtOnce: 4,
  /** 10 MB take some 10 ms on loopback. */
  largeWithinMs: 5_000,
}

/** Milliseconds in which a whole request must arrive, as with API Gateway. */
const requestTimeout = 30_000

/**
 * Listens on 127.0.0.1 and answers 503 until `open` is called. Requests with another `Host` than a loopback name get a
 * 403: so a web page whose host name points to this machine (DNS rebinding) cannot use the server. A body over 10 MB
 * gets a 413. No request and no broken connection ends the process, and the memory for bodies is bounded.
 * @throws Error of the system if the port is not available (`EADDRINUSE`).
 */
export async function claimPort(
  port: number,
  { refuse = () => undefined, ...options }: ServerOptions = {},
): Promise<HttpServer> {
  let answer: RequestHandler = async () => messageResponse(503, 'Service Unavailable')
  const read = createBodyReader(bodies)
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      const url = loopbackUrl(request)
      const refusal = url ? refuse(request) : messageResponse(403, 'Forbidden')
      if (!url || refusal) return discard(request, response, refusal)
      if (Number(request.headers['content-length']) > bodies.maxBytes)
        return discard(request, response, tooLarge)
      await read(request, async body => write(response, body ? await answer(request, url, body) : tooLarge))
    } catch {
      if (response.headersSent) response.destroy()
      else write(response, messageResponse(500, 'Internal Server Error'))
    }
  }
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout, ...options }, respond)
  await listen(server, port)
  const { port: actual } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${actual}`,
    port: actual,
    open(next) {
      answer = next
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number) {
  return new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ host: '127.0.0.1', port }, resolve)
  })
}

function loopbackUrl({ headers: { host = '' }, url = '/' }: IncomingMessage): URL | undefined {
  const text = `http://${host}${url}`
  if (!url.startsWith('/')) return undefined
  return isOnLoopback(text) ? new URL(text) : undefined
}

/** Answers at once. The body is read and not kept, so that a client that sends all before it reads gets the answer. */
function discard(request: IncomingMessage, response: ServerResponse, answer: HttpResponse | undefined) {
  request.on('error', () => undefined).resume()
  write(response, answer)
}

function write(response: ServerResponse, answer: HttpResponse | undefined) {
  if (!answer) return void response.destroy()
  const { status, headers, body } = answer
  if (body instanceof Readable) {
    response.once('close', () => body.destroy()).writeHead(status, headers)
    body.once('close', () => response.destroy()).pipe(response)
  } else response.writeHead(status, { ...lengthOf(status, body), ...headers }).end(body)
}

/** A 204 has no body and no length (RFC 9110, 8.6). */
function lengthOf(status: number, body: string | Buffer) {
  return status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }
}
