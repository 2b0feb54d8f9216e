import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import { createTransport } from '../../lib/kustomer/transport.ts'

/** The limit of an answer in these tests, in bytes. */
export const maxBytes = 1_048_576
/** The servers of a test. They are closed when it ends. */
export const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

/** Starts a server that answers with `listener`, and sends one request to it. */
export async function asking(listener: RequestListener) {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const transport = createTransport(maxBytes)
  const send = async (body?: object, timeoutMs = 5_000) => {
    const way = body
      ? ({ kind: 'create', method: 'POST' } as const)
      : ({ kind: 'read', method: 'GET' } as const)
    return transport.send({ ...way, url: `${origin}/v1/x`, template: '/v1/x' }, 'the-key', body, timeoutMs)
  }
  return { origin, send, close: () => transport.close() }
}
