import { addressKey, lists } from '../delivery/merge-addresses.ts'
import type { Outcome } from '../delivery/outcome.ts'
import type { Call, CustomerKey, UpsertCustomer } from '../transform/call.ts'
import { limits } from '../transform/kustomer/limits.ts'
import type { Customer, Json } from '../transform/kustomer/types.ts'
import type { ParsedRecord } from './parse-record.ts'

/** One or more messages of one person that are delivered by one write and share its outcome. */
export interface Step {
  plan: Call | Outcome
  parsed: ParsedRecord[]
}

/**
 * Groups one person's messages into steps, in order. Consecutive identifies with the same look-up keys become one
 * write: the attributes of the later one replace those of the earlier one. An identify that is older than one before it,
 * or than the newest delivered one (`newestMs`, epoch milliseconds), fills only and is not merged. Pure; never throws.
 */
export function mergeIdentifies(parsed: ParsedRecord[], newestMs = Number.NEGATIVE_INFINITY): Step[] {
  const steps: (Step & { isOlder: boolean })[] = []
  let newestSoFarMs = newestMs
  for (const one of parsed) {
    const isIdentify = one.plan.kind === 'upsertCustomer'
    const isOlder = isIdentify && one.eventAtMs < newestSoFarMs
    if (isIdentify) newestSoFarMs = Math.max(newestSoFarMs, one.eventAtMs)
    const last = steps.at(-1)
    const plan = last && !last.isOlder && !isOlder ? merged(last.plan, one.plan) : undefined
    if (last && plan) Object.assign(last, { plan, parsed: [...last.parsed, one] })
    else steps.push({ plan: one.plan, parsed: [one], isOlder })
  }
  return steps.map(({ plan, parsed }) => ({ plan, parsed }))
}

function merged(a: Call | Outcome, b: Call | Outcome): UpsertCustomer | undefined {
  if (a.kind !== 'upsertCustomer' || b.kind !== 'upsertCustomer') return undefined
  if (a.knownId !== b.knownId || a.externalIdFrom !== b.externalIdFrom || !haveSameKeys(a, b))
    return undefined
  if (a.customer.rev !== undefined || b.customer.rev !== undefined) return undefined
  const customer = unitedCustomer(a.customer, b.customer)
  return customer && { ...b, customer, notes: [...a.notes, ...b.notes] }
}

function haveSameKeys(a: UpsertCustomer, b: UpsertCustomer): boolean {
  const isSame = (key: CustomerKey, other: CustomerKey | undefined) =>
    key.role === other?.role && key.value === other.value
  return a.find.length === b.find.length && a.find.every((key, index) => isSame(key, b.find[index]))
}

/** Later attributes win; address lists and custom attributes are united. Undefined where that would exceed a limit. */
function unitedCustomer(a: Customer, b: Customer): Customer | undefined {
  const customer: Record<string, unknown> & Pick<Customer, 'custom'> = { ...a, ...b }
  if (a.custom && b.custom) customer.custom = { ...a.custom, ...b.custom }
  for (const { list, key } of lists) {
    const items = [...(a[list] ?? []), ...(b[list] ?? [])]
    const byAddress = new Map(items.map((item, index) => [addressIn(item, key) ?? index, item]))
    if (byAddress.size > limits.listItems) return undefined
    if (items.length > 0) customer[list] = [...byAddress.values()]
  }
  return Object.keys(customer.custom ?? {}).length > limits.customAttributes ? undefined : customer
}

function addressIn(item: Record<string, Json>, key: 'email' | 'phone'): string | undefined {
  const address = item[key]
  return typeof address === 'string' ? addressKey(key, address) : undefined
}
