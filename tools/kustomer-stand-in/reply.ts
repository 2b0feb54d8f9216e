import { STATUS_CODES } from 'node:http'
import type { FaultAction } from './faults.ts'
import type { limits } from './rate.ts'
import type { StandInResponse } from './responses.ts'

/** What happens to a connection: it gets the answer after `delayMs`. Without an answer it is destroyed. */
export interface Reply {
  answer: StandInResponse | undefined
  applied: boolean
  delayMs: number
}

/** What a fault needs: `serve` carries out the request and returns its real answer; `names` are those of the person. */
export interface Faulted {
  serve: () => StandInResponse
  limits: ReturnType<typeof limits>
  names: string[]
}

const html =
  '<html><head><title>ERROR</title></head><body><h1>The request could not be satisfied.</h1></body></html>'

/** Applies a fault. It calls `serve` only if the fault lets the write happen. */
export function faulted(action: FaultAction, { serve, limits, names }: Faulted): Reply {
  switch (action.kind) {
    case 'status': {
      const body = action.body ?? { errors: [scripted(action.status)] }
      return instead({ status: action.status, body, headers: action.headers ?? {} }, serve)
    }
    case 'html':
      return instead({ status: action.status, text: html, contentType: 'text/html' }, serve)
    case 'garbage':
      return instead({ status: action.status, text: '{"data":{"type":"customer","id":"58' }, serve)
    case 'redirect':
      return instead({ status: 302, text: '', headers: { location: action.to } }, serve)
    case 'slow':
      return given(serve(), action.ms)
    case 'drop':
      return { answer: undefined, applied: action.after === 'write' && serve().applied === true, delayMs: 0 }
    case 'throttle':
      return given(limits.throttle(action.forSeconds))
    case 'throttleCustomer':
      return given(limits.throttleCustomer(names, action.forSeconds ?? 0))
  }
}

/** Returns a reply with this answer, without a delay by default. */
export function given(answer: StandInResponse, delayMs = 0): Reply {
  return { answer, applied: answer.applied === true, delayMs }
}

function instead(answer: StandInResponse, serve: () => StandInResponse): Reply {
  return given({ ...answer, applied: answer.status < 300 && serve().applied === true })
}

function scripted(status: number) {
  return { status, code: 'scripted', title: STATUS_CODES[status] ?? `Status ${status}` }
}
