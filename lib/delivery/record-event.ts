import type { RecordEvent } from '../transform/call.ts'
import { customerIdPattern } from '../transform/kustomer/types.ts'
import { classifyAnswer, successOf } from './classify-answer.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'

/**
 * Records one event on a customer's timeline, with one request. Kustomer finds or creates the customer and answers its
 * id, which saves the next identify a look-up. Kustomer has no idempotency key (developer.kustomer.com, tracking, read
 * 2026-11).
 */
export async function recordEvent(call: RecordEvent, ports: DeliveryPorts): Promise<Outcome> {
  const { request, endpoints, person, clock } = ports
  const body = { identity: call.identity, event: call.event }
  const answer = await request(endpoints.recordEvent(), body)
  const success = successOf(answer)
  if (!success) return classifyAnswer(answer, 'record', clock.now())
  const id = customerIdIn(success.body)
  if (id !== undefined && id !== person.customerId) {
    person.customerId = id
    person.addresses = []
  }
  if (ports.role === 'user' || person.role === undefined) person.role = ports.role
  return { kind: 'delivered', status: success.status }
}

function customerIdIn(body: unknown): string | undefined {
  const data = (body as { data?: { relationships?: { customer?: { data?: { id?: unknown } } } } } | undefined)
    ?.data
  const id = data?.relationships?.customer?.data?.id
  return typeof id === 'string' && customerIdPattern.test(id) ? id : undefined
}
