import type { StoredCustomer } from '../../../kustomer-stand-in/types.ts'

/** Returns the e-mails and phone numbers of a customer, as Kustomer's answers have them. */
export function addressesOf({ emails, phones }: StoredCustomer['attributes']): string[] {
  return [...textsIn(emails, 'email'), ...textsIn(phones, 'phone')]
}

function textsIn(list: unknown, field: 'email' | 'phone'): string[] {
  if (!Array.isArray(list)) return []
  return list.map(one => one?.[field]).filter(text => typeof text === 'string')
}
