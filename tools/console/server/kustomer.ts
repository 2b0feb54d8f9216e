import { isProbe } from '../../doctor/probes.ts'
import type { RequestRecord, StandIn, StoredCustomer } from '../../kustomer-stand-in/types.ts'
import { activeFailures, failures } from './failures.ts'
import type { KustomerRequest, KustomerState } from './kustomer-shapes.ts'
import type { Setup } from './shapes.ts'

const shownCustomers = 100
const shownRequests = 40

/** The console's view of the stand-in, and its controls. */
export interface KustomerPanel {
  faults: Setup['faults']
  /** The latest customers and requests. The customer with this id, if there is one, is always among them. */
  state(customerId: string): KustomerState
  /** Adds a fault by its name. Returns false if there is no fault with this name. */
  fault(name: string): boolean
}

/** Creates the panel of a stand-in. The key that the stand-in has now counts as the right one. */
export function createKustomerPanel(standIn: StandIn): KustomerPanel {
  const rightKey = standIn.apiKey
  return {
    faults: Object.entries(failures).map(([name, { label, what }]) => ({ name, label, what })),
    state(customerId) {
      const customers = standIn.customers()
      const latest = customers.slice(-shownCustomers)
      const asked = customers.find(({ id }) => id === customerId)
      return {
        active: activeFailures(standIn, standIn.apiKey === rightKey),
        customers: (asked && !latest.includes(asked) ? [...latest, asked] : latest).reverse(),
        requests: standIn.requests.slice(-shownRequests).reverse().map(shownWith(customers)),
      }
    },
    fault(name) {
      const failure = Object.hasOwn(failures, name) ? failures[name] : undefined
      if (failure?.fault) standIn.fault(failure.fault)
      if (name === 'key') standIn.apiKey = `${rightKey}-no-more`
      if (name === 'clear') {
        standIn.clearFaults()
        standIn.apiKey = rightKey
      }
      return failure !== undefined
    },
  }
}

/** Returns the function that shows a request, with the name of its customer where it is known. */
function shownWith(customers: StoredCustomer[]): (request: RequestRecord) => KustomerRequest {
  const names = new Map(customers.map(({ attributes: { externalId, name } }) => [externalId, name]))
  return request => {
    const { at, method, path, status, applied, externalId } = request
    const name = externalId === undefined ? undefined : names.get(externalId)
    return {
      ...{ at, method, path, status, applied, isProbe: isProbe(request) },
      ...(externalId !== undefined && { externalId }),
      ...(typeof name === 'string' && name !== '' && { name }),
    }
  }
}
