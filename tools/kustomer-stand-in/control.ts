import type { Call } from './call.ts'
import { objectOf } from './person.ts'
import { refusal, type StandInResponse } from './responses.ts'
import type { StandIn } from './types.ts'

/** Where the stand-in is watched and steered over HTTP; needs no key and counts towards no limit. */
export const controlPath = '/stand-in/'

/**
 * The stand-in's controls, for other processes: state, requests (`?last=n` for the newest), faults, key, reset.
 * A fault comes as JSON, `times: null` for ever. What cannot be read is a 400 that says why; never throws.
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
  if (typeof apiKey !== 'string' || apiKey === '') return refusal(400, 'bad_request', 'apiKey must be a text')
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
