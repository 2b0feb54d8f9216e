import { type CustomerLimitOptions, createCustomerLimit } from './customer-limit.ts'
import { createOrganisationLimit, type OrganisationLimitOptions } from './organisation-limit.ts'

/** Kustomer's two limits: one for the organisation, one for each customer. Each has its own kind of 429. */
export function limits(options: OrganisationLimitOptions & CustomerLimitOptions) {
  const organisation = createOrganisationLimit(options)
  const customers = createCustomerLimit(options)
  return {
    ...organisation,
    ...customers,
    reset(): void {
      organisation.reset()
      customers.reset()
    },
  }
}
