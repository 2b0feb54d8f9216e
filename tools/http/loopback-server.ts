import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { type HttpResponse, messageResponse } from './response.ts'

/** Answers a request whose host was checked and whose body was read. If it rejects, the response is a 500. */
export type RequestHandler = (request: IncomingMessage, url: URL, body: Buffer) => Promise<HttpResponse>

/** The HTTP server of the relay, on its one port. */
export interface HttpServer {
  url: string
  port: number
  /** Starts to answer requests. Before it, the response to each request is a 503. */
  open(answer: RequestHandler): void
  close(): Promise<void>
}

/** API Gateway's limit for the body of a request: 10 MB. */
const maxBodyBytes = 10 * 1024 * 1024

/**
 * Listens on 127.0.0.1 and answers 503 until `open` is called. Requests with another `Host` than a loopback name get a
 * 403: so a web page whose host name points to this machine (DNS rebinding) cannot use the relay.
 * @throws Error of the system if the port is not available (`EADDRINUSE`).
 */
export async function claimPort(port: number): Promise<HttpServer> {
  let answer: RequestHandler = async () => messageResponse(503, 'Service Unavailable')
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    void respond(request, response, (url, body) => answer(request, url, body))
  })
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

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (url: URL, body: Buffer) => Promise<HttpResponse>,
) {
  try {
    const url = loopbackUrl(request)
    const body = await read(request)
    if (!url) write(response, messageResponse(403, 'Forbidden'))
    else if (!body) write(response, messageResponse(413, 'Request Entity Too Large'))
    else write(response, await answer(url, body))
  } catch {
    if (!response.headersSent) write(response, messageResponse(500, 'Internal Server Error'))
  }
}

function loopbackUrl({ headers: { host = '' }, url = '/' }: IncomingMessage): URL | undefined {
  const text = `http://${host}${url}`
  if (!url.startsWith('/') || !URL.canParse(text)) return undefined
  const parsed = new URL(text)
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(parsed.hostname) ? parsed : undefined
}

/** Reads the whole body. Returns undefined if it is above API Gateway's limit; the rest is read but not stored. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes <= maxBodyBytes) chunks.push(chunk)
  }
  return bytes <= maxBodyBytes ? Buffer.concat(chunks) : undefined
}

function write(response: ServerResponse, { status, headers, body }: HttpResponse) {
  if (body instanceof Readable) {
    response.once('close', () => body.destroy()).writeHead(status, headers)
    body.once('close', () => response.destroy()).pipe(response)
  } else response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
}
