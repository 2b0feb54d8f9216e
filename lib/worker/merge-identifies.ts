import { addressKey, lists } from '../delivery/merge-addresses.ts'
import type { Outcome } from '../delivery/outcome.ts'
import type { Call, CustomerKey, UpsertCustomer } from '../transform/call.ts'
import { limits } from '../transform/kustomer/limits.ts'
import type { Customer, Json } from '../transform/kustomer/types.ts'
import type { ParsedRecord } from './parse-record.ts'

/** Messages of one person that one write serves: they share its outcome. */
export interface Step {
  plan: Call | Outcome
  opened: ParsedRecord[]
}

/**
 * One person's messages, in order, as steps: consecutive identifies become one write, since a later one says all that
 * an earlier one says or overrules it. Pure; never throws.
 */
export function mergeIdentifies(opened: ParsedRecord[]): Step[] {
  const steps: Step[] = []
  for (const one of opened) {
    const last = steps.at(-1)
    const plan = last && merged(last.plan, one.plan)
    if (last && plan) Object.assign(last, { plan, opened: [...last.opened, one] })
    else steps.push({ plan: one.plan, opened: [one] })
  }
  return steps
}

function merged(a: Call | Outcome, b: Call | Outcome): UpsertCustomer | undefined {
  if (a.kind !== 'upsertCustomer' || b.kind !== 'upsertCustomer') return undefined
  const isSame = a.knownId === b.knownId && a.externalIdFrom === b.externalIdFrom
  const hasRev = a.customer.rev !== undefined || b.customer.rev !== undefined
  const customer = isSame && !hasRev ? unitedCustomer(a.customer, b.customer) : undefined
  if (!customer) return undefined
  return { ...b, find: unitedKeys(a, b), customer, notes: [...a.notes, ...b.notes] }
}

const rank = { user: 0, email: 1, anonymous: 2 }

/** The keys of both, each once, in the order of every look-up: user id, e-mails, anonymous ids. */
function unitedKeys(a: UpsertCustomer, b: UpsertCustomer): CustomerKey[] {
  const isNew = ({ role, value }: CustomerKey) =>
    !a.find.some(key => key.role === role && key.value === value)
  return [...a.find, ...b.find.filter(isNew)].sort((one, other) => rank[one.role] - rank[other.role])
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
