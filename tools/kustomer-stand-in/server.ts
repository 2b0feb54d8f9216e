import type { IncomingMessage } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { crossSiteRefusal } from '../http/cross-site.ts'
import { claimPort } from '../http/loopback-server.ts'
import type { HttpResponse } from '../http/response.ts'
import { toCall } from './call.ts'
import { controlPath } from './control.ts'
import { createStandIn, type Exchange } from './stand-in.ts'
import type { StandIn, StandInOptions } from './types.ts'

/** Bytes of all headers: a scripted fault may come in one. */
const maxHeaderSize = 65_536

/**
 * Starts a Kustomer stand-in on 127.0.0.1. It behaves as Kustomer's REST API is known to; each guess has an option.
 * Pages of other sites can use neither the API, which needs the key, nor the controls.
 * Rejects if the port is in use. The caller closes it.
 */
export async function startKustomerStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const server = await claimPort(options.port ?? 0, { maxHeaderSize, refuse: refusalOfControl })
  let slow = new AbortController()
  const { standIn, exchange } = createStandIn(options, {
    url: server.url,
    sendDelayed: () => {
      slow.abort()
      slow = new AbortController()
    },
    close: server.close,
  })
  server.open(async (request, _, bytes) => {
    const { method = 'GET', url: path = '/', headers } = request
    return responseOf(exchange(toCall({ method, path, headers, bytes, size: bytes.length })), slow.signal)
  })
  return standIn
}

function refusalOfControl(request: IncomingMessage): HttpResponse | undefined {
  return request.url?.startsWith(controlPath) ? crossSiteRefusal(request) : undefined
}

async function responseOf(
  { response, delayMs }: Exchange,
  signal: AbortSignal,
): Promise<HttpResponse | undefined> {
  // Not ref'd: after the server is closed, a pending response does not keep the process running.
  if (delayMs > 0) await wait(delayMs, undefined, { ref: false, signal }).catch(() => undefined)
  return response && { status: response.status, headers: response.headers, body: response.text }
}
