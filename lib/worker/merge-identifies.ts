import { addressKey, lists } from '../delivery/merge-addresses.ts'
import type { Outcome } from '../delivery/outcome.ts'
import type { Call, CustomerKey, UpsertCustomer } from '../transform/call.ts'
import { limits } from '../transform/kustomer/limits.ts'
import type { Customer, Json } from '../transform/kustomer/types.ts'
import type { ParsedRecord } from './parse-record.ts'

/** Messages of one person that one write serves: they share its outcome. */
export interface Step {
  plan: Call | Outcome
  parsed: ParsedRecord[]
}

/**
 * One person's messages, in order, as steps: consecutive identifies that lead to the same customer become one write,
 * since a later one says all that an earlier one says or overrules it. An identify that is older than the one before
 * it stays alone. Pure; never throws.
 */
export function mergeIdentifies(parsed: ParsedRecord[]): Step[] {
  const steps: Step[] = []
  for (const one of parsed) {
    const last = steps.at(-1)
    const before = last?.parsed.at(-1)
    const plan = last && before && before.eventAtMs <= one.eventAtMs ? merged(last.plan, one.plan) : undefined
    if (last && plan) Object.assign(last, { plan, parsed: [...last.parsed, one] })
    else steps.push({ plan: one.plan, parsed: [one] })
  }
  return steps
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

/** Later keys win, lists of addresses and custom attributes are united; undefined where that would pass a limit. */
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
