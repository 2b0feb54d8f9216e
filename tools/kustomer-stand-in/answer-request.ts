import type { Call } from './call.ts'
import { answer, type EndpointContext, roleOf } from './endpoints.ts'
import { faultHeader, faultOf } from './fault-header.ts'
import type { faultScript } from './faults.ts'
import type { Person } from './person.ts'
import type { limits } from './rate.ts'
import { faulted, given, type Reply } from './reply.ts'
import { refusal, type StandInResponse } from './responses.ts'

/** The parts of an organisation that decide an answer. Without `roles` the key has all roles. */
export interface Organisation {
  settings: { apiKey: string; missingRoleStatus: number; roles?: string[] }
  rate: ReturnType<typeof limits>
  faults: ReturnType<typeof faultScript>
  context: EndpointContext
}

/**
 * Answers a request about a person.
 * The checks run in this order: key, limit of the organisation, faults, limits of the customer, role, body, endpoint.
 * So a request that fails an earlier check does not use up a scripted fault.
 */
export function answerRequest(call: Call, person: Person, organisation: Organisation): Reply {
  const { settings, rate, faults } = organisation
  if (call.headers.authorization !== `Bearer ${settings.apiKey}`) {
    return given(refusal(401, 'unauthorized', 'Unauthorized'))
  }
  const full = rate.countRequest()
  if (full !== undefined) return given(full)
  const names = [...(person.customer ? [person.customer.id] : []), ...person.externalIds]
  const fault = faultOf(call) ?? faults.take({ ...call, ...person })
  if (fault === 'unreadable') return given(refusal(400, 'bad_request', `${faultHeader} is not a fault`))
  const served = () => serve(call, person, names, organisation)
  return fault ? faulted(fault, { serve: served, limits: rate, names }) : given(served())
}

function serve(
  call: Call,
  person: Person,
  names: string[],
  { settings, rate, context }: Organisation,
): StandInResponse {
  const isWrite = call.kind === 'update' || call.kind === 'record'
  const held =
    rate.checkPerson(names) ?? (isWrite && person.customer ? rate.countWrite(person.customer.id) : undefined)
  if (held !== undefined) return held
  const role = roleOf[call.kind]
  const mayDo = role === undefined || (settings.roles?.includes(role) ?? true)
  return mayDo
    ? answer(call, person, context)
    : refusal(settings.missingRoleStatus, 'forbidden', `Role ${role} is missing`)
}
