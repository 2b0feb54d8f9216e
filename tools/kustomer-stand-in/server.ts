import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { readCall } from './call.ts'
import { createStandIn, type Exchange } from './stand-in.ts'
import type { StandIn, StandInOptions } from './types.ts'

/**
 * Starts a Kustomer stand-in on 127.0.0.1. It behaves as Kustomer's REST API is known to; each guess has an option.
 * Rejects if the port is in use. The caller closes it.
 */
export async function startKustomerStandIn(options: StandInOptions = {}): Promise<StandIn> {
  let slow = new AbortController()
  const address = {
    url: '',
    sendDelayed: () => {
      slow.abort()
      slow = new AbortController()
    },
    close: () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
  const { standIn, exchange } = createStandIn(options, address)
  const serve = async (request: IncomingMessage, response: ServerResponse) =>
    send(exchange(await readCall(request)), response, slow.signal)
  const server = createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 65_000 }, (request, response) => {
    serve(request, response).catch(error => {
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  address.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return standIn
}

async function send(
  { response: written, delayMs }: Exchange,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  // Not ref'd: after the server is closed, a pending response does not keep the process running.
  if (delayMs > 0) await wait(delayMs, undefined, { ref: false, signal }).catch(() => undefined)
  if (written === undefined) response.destroy()
  else response.writeHead(written.status, written.headers).end(written.text)
}
