import { itemsOf } from '../kustomer-stand-in/identifiers.ts'
import type { StoredCustomer } from '../kustomer-stand-in/types.ts'
import { createCustomerEdits } from './customer-edits.ts'
import type { KustomerModel } from './kustomer-model.ts'
import { personal } from './personal.ts'
import type { Random } from './random.ts'
import type { Trace } from './trace.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What agents do to a customer. `move` takes an external id to another customer. */
export type AgentEditKind = 'address' | 'rename' | 'merge' | 'remove' | 'move'

/** What an edit works on. */
export interface AgentEditPorts {
  clock: VirtualClock
  trace: Trace
  model: KustomerModel
}

/** Creates the function that makes one edit of a customer. New addresses and names are numbered in order. */
export function createAgentEdit({ clock, trace, model }: AgentEditPorts) {
  const { store } = model.kustomer
  const edits = createCustomerEdits(model.kustomer, model.changes)
  let made = 0

  const moveAny = (from: StoredCustomer, to: StoredCustomer, dice: Random) => {
    const ids = itemsOf(from.attributes.externalIds)
    if (ids.length > 0) edits.moveExternalId(String(dice.pick(ids).externalId), from, to)
  }
  return (kind: AgentEditKind, customer: StoredCustomer, dice: Random): void => {
    const all = store.customers()
    const other = store.get(dice.pick(all).id)
    made++
    trace.add({ at: clock.now(), who: 'agent', what: kind, of: customer.id })
    if (kind === 'address') edits.addAddress(customer, personal(`agent-${made}@example.test`))
    else if (kind === 'rename') edits.rename(customer, personal(`Agent Name ${made}`))
    else if (kind === 'remove') edits.remove(customer)
    else if (!other || other === customer) return
    else if (kind === 'merge') edits.merge(customer, other)
    else moveAny(customer, other, dice)
  }
}
