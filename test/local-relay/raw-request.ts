import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'

/** Sends a request with exactly these headers, `host` too, which `fetch` does not allow. Resolves to status and body. */
export function rawRequest(
  url: string,
  { method = 'POST', path = '/', headers = {}, body = '' }: RawRequest = {},
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    // Not every method gets a length from Node.
    const length = method === 'GET' ? {} : { 'content-length': Buffer.byteLength(body) }
    const sent = request(url, { method, path, headers: { ...headers, ...length } }, async response => {
      let text = ''
      for await (const chunk of response.setEncoding('utf8')) text += chunk
      resolve({ status: response.statusCode, text })
    })
    sent.once('error', reject).end(method === 'GET' ? undefined : body)
  })
}

export interface RawRequest {
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: string
}

/** Sends the head of a request and a part of its body, and breaks the connection once they are sent. */
export async function abortedRequest(url: string, headers: Record<string, string> = {}): Promise<void> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const lines = { host: '127.0.0.1', 'content-length': '1000', ...headers }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  await new Promise<void>(resolve => {
    socket.write(`POST / HTTP/1.1\r\n${head.join('')}\r\n{"half`, () => resolve())
  })
  socket.resetAndDestroy()
  await once(socket, 'close')
}
