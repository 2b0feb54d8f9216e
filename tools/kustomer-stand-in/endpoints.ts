import type { Call } from './call.ts'
import { objectOf, type Person } from './person.ts'
import { recordEvent } from './record-event.ts'
import {
  customerAnswer,
  duplicate,
  errors,
  notFound,
  refusal,
  type StandInResponse,
  userAnswer,
} from './responses.ts'
import type { Store } from './store.ts'
import type { RequestKind, StoredCustomer } from './types.ts'
import type { Validator, validators } from './validate.ts'

/** What the endpoints need to know about an organisation. */
export interface EndpointContext {
  store: Store
  validate: ReturnType<typeof validators>
  duplicateStatus: number
  staleRevStatus: number
}

/** The role that a key needs for each kind of request. Kinds that are not listed need none. */
export const roleOf: Partial<Record<RequestKind, string>> = {
  findByExternalId: 'org.permission.customer.read',
  findByEmail: 'org.permission.customer.read',
  findByPhone: 'org.permission.customer.read',
  read: 'org.permission.customer.read',
  create: 'org.permission.customer.create',
  update: 'org.permission.customer.update',
  record: 'org.tracking',
}

/** The attribute that a 404 names, by the kind of the look-up. */
const parameterOf: Partial<Record<RequestKind, string>> = {
  findByExternalId: 'externalId',
  findByEmail: 'email',
  findByPhone: 'phone',
}

/** Carries out a request and answers it. Key, limits and role were checked before. No body makes it throw. */
export function answer(call: Call, { customer }: Person, context: EndpointContext): StandInResponse {
  if (call.kind === 'currentUser') return userAnswer()
  if (call.kind === 'other') return refusal(404, 'not_found', 'Not Found')
  if (call.bodyFault !== undefined) return call.bodyFault
  if (call.kind === 'create') return write(201, call, undefined, context)
  if (call.kind === 'record') {
    return (
      refused(context.validate.identityEvent, call) ??
      recordEvent(objectOf(call.body), customer, context.store)
    )
  }
  if (customer === undefined) return notFound(parameterOf[call.kind] ?? 'id')
  if (call.kind === 'update') return write(200, call, customer, context)
  if (call.kind !== 'delete') return customerAnswer(200, customer)
  context.store.remove(customer)
  return { status: 204, applied: true }
}

function write(
  status: number,
  call: Call,
  known: StoredCustomer | undefined,
  context: EndpointContext,
): StandInResponse {
  const wrong = refused(context.validate.customer, call)
  if (wrong !== undefined) return wrong
  const body = objectOf(call.body)
  if (known !== undefined && body.rev !== undefined && body.rev !== known.attributes.rev) {
    return errors({
      status: context.staleRevStatus,
      source: { parameter: 'rev' },
      code: 'conflict',
      title: 'Stale revision',
    })
  }
  const result = context.store.write(known, body, call.replace)
  if ('contested' in result) return duplicate(context.duplicateStatus, result.contested)
  return { ...customerAnswer(status, result.customer), applied: true }
}

/** Errors in one answer: a body of 100 kB may have thousands. */
const maxErrors = 50

function refused(validate: Validator, { body }: Call): StandInResponse | undefined {
  const [first, ...more] = validate(body).slice(0, maxErrors)
  return first && errors(first, ...more)
}
