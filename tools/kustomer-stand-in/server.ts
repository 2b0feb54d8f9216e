import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { readCall } from './call.ts'
import { control, controlPath } from './control.ts'
import { createKustomer, type Kustomer } from './kustomer.ts'
import { objectOf } from './person.ts'
import { refusal, type StandInResponse } from './responses.ts'
import type { StandIn, StandInOptions } from './types.ts'

/**
 * Starts a Kustomer on 127.0.0.1, with everything that is known of its REST API and a switch for every guess.
 * Rejects if the port is taken. Close it when done.
 */
export async function startKustomerStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const kustomer = createKustomer(options)
  const server = createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 65_000 }, (request, response) => {
    serve(request, response).catch(error => {
      if (response.headersSent) response.destroy()
      else send(response, refusal(500, 'stand_in_bug', String(error)))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const standIn = standInOf(kustomer, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => {
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    server.closeAllConnections()
    return closed
  })
  return standIn

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request)
    if (call.path.startsWith(controlPath)) return send(response, control(call, standIn, kustomer.faults.add))
    const { answer, delayMs } = kustomer.handle(call)
    const headers = kustomer.rateHeaders()
    const waitMs = delayMs + (options.latencyMs ?? 0)
    // Not ref'd: once the server is closed, an answer that is still due keeps no process alive.
    if (waitMs > 0) await wait(waitMs, undefined, { ref: false })
    if (answer === undefined) response.destroy()
    else send(response, answer, headers)
  }
}

function standInOf(kustomer: Kustomer, url: string, close: () => Promise<void>): StandIn {
  const { settings, store, faults, log } = kustomer
  return {
    url,
    get apiKey() {
      return settings.apiKey
    },
    set apiKey(key) {
      settings.apiKey = key
    },
    requests: log.records,
    customers: store.customers,
    events: store.events,
    addCustomer: attributes => seeded(kustomer, attributes),
    fault: faults.add,
    clearFaults: faults.clear,
    reset: kustomer.reset,
    close,
  }
}

function seeded({ store, validateCustomer }: Kustomer, attributes: object) {
  const [wrong] = validateCustomer(attributes)
  if (wrong !== undefined) throw new Error(`${wrong.source?.parameter}: ${wrong.title}`)
  const result = store.write(undefined, objectOf(structuredClone(attributes) as never))
  if ('contested' in result) throw new Error(`${result.contested}: duplicate detected`)
  return result.customer
}

function send(
  response: ServerResponse,
  answer: StandInResponse,
  rateHeaders: Record<string, string> = {},
): void {
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body))
  const type = text === '' ? {} : { 'content-type': answer.contentType ?? 'application/json; charset=utf-8' }
  response.writeHead(answer.status, { ...rateHeaders, ...type, ...answer.headers })
  response.end(text)
}
