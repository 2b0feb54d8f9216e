import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { Call } from './call.ts'
import { control, controlPath } from './control.ts'
import { createKustomer, type Kustomer } from './kustomer.ts'
import { objectOf } from './person.ts'
import { refusal, type StandInResponse } from './responses.ts'
import type { StandIn, StandInOptions } from './types.ts'

/** A response as it is sent. Header names are in lower case. */
export interface WireResponse {
  status: number
  headers: Record<string, string>
  text: string
}

/** The result of one request: after `delayMs` the response is sent, or without one the connection is destroyed. */
export interface Exchange {
  response: WireResponse | undefined
  delayMs: number
}

/** The server of a stand-in: its URL and what only a server can do. `url` may be set later, when it is known. */
export interface Address {
  url: string
  sendDelayed(): void
  close(): Promise<void>
}

/**
 * Creates the stand-in without a server: `exchange` takes a parsed request and returns the response to send.
 * `startKustomerStandIn` serves it on a port; tests use it in process. A bug of the stand-in is answered with a 500 and
 * the error; `exchange` never throws.
 */
export function createStandIn(options: StandInOptions, address: Address) {
  const kustomer = createKustomer(options)
  const standIn = standInOf(kustomer, address)
  const exchange = (call: Call): Exchange => {
    if (call.path.startsWith(controlPath))
      return { response: written(control(call, standIn, kustomer.faults.add)), delayMs: 0 }
    const { answer, delayMs } = kustomer.handle(call)
    const response = answer && written(answer, kustomer.rateHeaders())
    return { response, delayMs: delayMs + (options.latencyMs ?? 0) }
  }
  return {
    standIn,
    exchange(call: Call): Exchange {
      try {
        return exchange(call)
      } catch (error) {
        return { response: written(refusal(500, 'stand_in_bug', String(error))), delayMs: 0 }
      }
    },
  }
}

function standInOf(kustomer: Kustomer, address: Address): StandIn {
  const { settings, store, rate, faults, log } = kustomer
  return {
    get url() {
      return address.url
    },
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
    activeFaults: () => ({ faults: faults.list(), throttledForMs: rate.throttledForMs() }),
    clearFaults() {
      faults.clear()
      rate.endThrottle()
    },
    sendDelayed: address.sendDelayed,
    reset: kustomer.reset,
    close: address.close,
  }
}

function seeded({ store, validateCustomer }: Kustomer, attributes: object) {
  const [wrong] = validateCustomer(attributes)
  if (wrong !== undefined) throw new Error(`${wrong.source?.parameter}: ${wrong.title}`)
  const result = store.write(undefined, objectOf(structuredClone(attributes) as never))
  if ('contested' in result) throw new Error(`${result.contested}: duplicate detected`)
  return result.customer
}

/** Throws if a header is not valid in HTTP. A 204 has no body (RFC 9110, 15.3.5). */
function written(answer: StandInResponse, rateHeaders: Record<string, string> = {}): WireResponse {
  const json = answer.body === undefined ? '' : JSON.stringify(answer.body)
  const text = answer.status === 204 ? '' : (answer.text ?? json)
  const type = text === '' ? {} : { 'content-type': answer.contentType ?? 'application/json; charset=utf-8' }
  const headers = { ...rateHeaders, ...type, ...answer.headers }
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  }
  return { status: answer.status, headers, text }
}
