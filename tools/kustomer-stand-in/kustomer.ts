import { answerRequest } from './answer-request.ts'
import type { Call } from './call.ts'
import { faultScript } from './faults.ts'
import { personOf } from './person.ts'
import { limits } from './rate.ts'
import type { Reply } from './reply.ts'
import { requestLog } from './request-log.ts'
import { createStore } from './store.ts'
import type { RequestRecord, StandInOptions } from './types.ts'
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

/**
 * Kustomer without a network: it takes parsed requests and returns replies, in the order of calls.
 * `answerRequest` has the order of the checks.
 */
export function createKustomer(options: StandInOptions) {
  const settings = { ...defaults, ...options }
  const store = createStore({ ...settings, arrays: settings.arraysOnUpdate })
  const rate = limits(settings)
  const faults = faultScript()
  const log = requestLog()
  const context = { ...settings, store, validate: validators(options) }

  return {
    settings,
    store,
    faults,
    log,
    rate,
    validateCustomer: context.validate.customer,
    /** Answers a request and logs it. */
    handle(call: Call): Reply {
      const person = personOf(call, store)
      const [externalId] = person.externalIds
      const reply = answerRequest(call, person, { settings, rate, faults, context })
      log.add(recordOf(call, externalId, reply, settings.now()), call.size)
      return reply
    },
    /** The rate headers of every answer. */
    rateHeaders: rate.headers,
    reset(): void {
      for (const part of [store, faults, log]) part.clear()
      rate.reset()
    },
  }
}

/** Characters of a path that are logged. */
const maxPath = 8_192

/** A copy by way of bytes: a slice would keep the whole path in memory. */
function copyOfStart(path: string): string {
  return Buffer.from(path.slice(0, maxPath), 'latin1').toString('latin1')
}

/** An organisation of the stand-in, as `createKustomer` returns it. */
export type Kustomer = ReturnType<typeof createKustomer>

function recordOf(call: Call, externalId: string | undefined, reply: Reply, at: number): RequestRecord {
  const { method, kind } = call
  const path = call.path.length > maxPath ? copyOfStart(call.path) : call.path
  const status = reply.answer?.status ?? 0
  // Without the key anybody can send a body, and parsed it may take ten times its size.
  const body = status === 401 ? undefined : call.body
  return {
    ...{ at, method, path, status, kind, applied: reply.applied },
    ...(body === undefined ? {} : { body }),
    ...(externalId === undefined ? {} : { externalId }),
  }
}
