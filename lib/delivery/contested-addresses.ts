import type { Customer } from '../transform/kustomer/types.ts'
import { addressKey, itemsOf, lists } from './merge-addresses.ts'
import type { Outcome } from './outcome.ts'
import type { DeliveryPorts } from './ports.ts'
import { isRefused, requestCustomer } from './request-customer.ts'

/**
 * Finds the addresses of an identify that belong to another customer. It looks up each address that the customer is not
 * known to have. Resolves to the addresses in `addressKey`'s form, or to the outcome of a look-up that failed.
 */
export async function contestedAddresses(
  customer: Customer,
  wanted: readonly ('emails' | 'phones')[],
  ownId: string | undefined,
  ports: DeliveryPorts,
): Promise<{ kind: 'known'; addresses: Set<string> } | { kind: 'stopped'; outcome: Outcome }> {
  const addresses = new Set<string>()
  for (const { list, key } of lists.filter(one => wanted.includes(one.list)))
    for (const { address } of itemsOf(customer[list], key)) {
      const spelling = addressKey(key, address)
      if (ownId === ports.person.customerId && ports.person.addresses.includes(ports.hash(spelling))) continue
      const found = await belongsToAnother(key, address, ownId, ports)
      if (typeof found === 'object') return found
      if (found) addresses.add(spelling)
    }
  return { kind: 'known', addresses }
}

/** Looks up whether an address belongs to another customer than `ownId`. */
async function belongsToAnother(
  key: 'email' | 'phone',
  address: string,
  ownId: string | undefined,
  ports: DeliveryPorts,
): Promise<boolean | { kind: 'stopped'; outcome: Outcome }> {
  const search = await requestCustomer(ports.endpoints.findByAddress(key, address), ports)
  if (search.kind === 'stopped') return isRefused(search.outcome) ? false : search
  return search.kind === 'customer' && search.id !== ownId
}
