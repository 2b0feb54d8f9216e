import type { Call } from './call.ts'
import { answer, roleOf } from './endpoints.ts'
import { type FaultAction, faultScript, parseAction } from './faults.ts'
import { type Person, personOf } from './person.ts'
import { limits } from './rate.ts'
import { faulted, given, type Reply } from './reply.ts'
import { requestLog } from './request-log.ts'
import { refusal, type StandInResponse } from './responses.ts'
import { createStore } from './store.ts'
import type { StandInOptions } from './types.ts'
import { validators } from './validate.ts'

const defaults = {
  apiKey: 'local-key',
  requestsPerMinute: 1_000_000,
  customerWritesPerMinute: 120,
  duplicateStatus: 409,
  staleRevStatus: 409,
  missingRoleStatus: 403,
  arraysOnUpdate: 'replaced' as const,
  companyUnlinkedWhenOmitted: false,
  retryAfter: false,
  now: Date.now,
}

/** A request with this header asks for its own fault: the JSON of a `FaultAction`. */
const faultHeader = 'x-stand-in-fault'

/**
 * Kustomer without a network: it takes parsed requests and returns replies, in the order of calls.
 * The checks run in this order: key, limit of the organisation, faults, limits of the customer, role, body, endpoint.
 * So a request that fails an earlier check does not use up a scripted fault.
 */
export function createKustomer(options: StandInOptions) {
  const settings = { ...defaults, ...options }
  const store = createStore({ ...settings, arrays: settings.arraysOnUpdate })
  const rate = limits(settings)
  const faults = faultScript()
  const log = requestLog()
  const context = { ...settings, store, validate: validators(options) }

  const serve = (call: Call, person: Person, names: string[]): StandInResponse => {
    const isWrite = call.kind === 'update' || call.kind === 'record'
    const throttled =
      rate.checkPerson(names) ??
      (isWrite && person.customer ? rate.countWrite(person.customer.id) : undefined)
    if (throttled !== undefined) return throttled
    const role = roleOf[call.kind]
    const mayDo = role === undefined || (options.roles?.includes(role) ?? true)
    return mayDo
      ? answer(call, person, context)
      : refusal(settings.missingRoleStatus, 'forbidden', `Role ${role} is missing`)
  }
  const reply = (call: Call, person: Person): Reply => {
    if (call.headers.authorization !== `Bearer ${settings.apiKey}`) {
      return given(refusal(401, 'unauthorized', 'Unauthorized'))
    }
    const full = rate.countRequest()
    if (full !== undefined) return given(full)
    const names = [...(person.customer ? [person.customer.id] : []), ...person.externalIds]
    const fault = faultOf(call) ?? faults.take({ ...call, ...person })
    if (fault === 'unreadable') return given(refusal(400, 'bad_request', `${faultHeader} is not a fault`))
    const served = () => serve(call, person, names)
    return fault ? faulted(fault, { serve: served, limits: rate, names }) : given(served())
  }

  return {
    settings,
    store,
    faults,
    log,
    validateCustomer: context.validate.customer,
    /** Answers a request and logs it. */
    handle(call: Call): Reply {
      const person = personOf(call, store)
      const [externalId] = person.externalIds
      const result = reply(call, person)
      const { method, path, kind, body } = call
      const status = result.answer?.status ?? 0
      log.add(
        {
          ...{ at: settings.now(), method, path, status, kind, applied: result.applied },
          ...(body === undefined ? {} : { body }),
          ...(externalId === undefined ? {} : { externalId }),
        },
        call.size,
      )
      return result
    },
    /** The rate headers of every answer. */
    rateHeaders: rate.headers,
    reset(): void {
      for (const part of [store, faults, log]) part.clear()
      rate.reset()
    },
  }
}

/** An organisation of the stand-in, as `createKustomer` returns it. */
export type Kustomer = ReturnType<typeof createKustomer>

function faultOf({ headers }: Call): FaultAction | 'unreadable' | undefined {
  const json = headers[faultHeader]
  if (json === undefined) return undefined
  try {
    return parseAction(JSON.parse(String(json)))
  } catch {
    return 'unreadable'
  }
}
