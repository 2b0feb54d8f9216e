import type { Call } from './call.ts'
import { objectOf } from './person.ts'
import { refusal, type StandInResponse } from './responses.ts'
import type { StandIn } from './types.ts'

/** The path prefix of the stand-in's controls. They need no key and count towards no limit. */
export const controlPath = '/stand-in/'

/**
 * Answers a control request of another process: state, requests (`?last=n` for the newest), faults, key, reset.
 * A fault is sent as JSON; `times: null` means for ever. An invalid request gets a 400 with the reason. Never throws.
 */
export function control(call: Call, standIn: StandIn, addFault: (json: unknown) => void): StandInResponse {
  const [path = '', query] = call.path.split('?')
  switch (`${call.method} ${path.slice(controlPath.length)}`) {
    case 'GET state':
      return ok({ customers: standIn.customers() })
    case 'GET requests': {
      const last = Number(new URLSearchParams(query).get('last'))
      return ok({ requests: last > 0 ? standIn.requests.slice(-last) : standIn.requests })
    }
    case 'POST faults':
      return call.bodyFault ?? done(() => addFault(call.body))
    case 'DELETE faults':
      return done(() => standIn.clearFaults())
    case 'POST key':
      return call.bodyFault ?? rotated(call, standIn)
    case 'POST reset':
      return done(() => standIn.reset())
    default:
      return refusal(404, 'not_found', 'Not Found')
  }
}

function rotated(call: Call, standIn: StandIn): StandInResponse {
  const { apiKey } = objectOf(call.body)
  if (typeof apiKey !== 'string' || apiKey === '')
    return refusal(400, 'bad_request', 'apiKey must be a string')
  standIn.apiKey = apiKey
  return ok({})
}

function done(act: () => void): StandInResponse {
  try {
    act()
    return ok({})
  } catch (error) {
    return refusal(400, 'bad_request', error instanceof Error ? error.message : String(error))
  }
}

function ok(body: object): StandInResponse {
  return { status: 200, body }
}
