import type { StoredCustomer } from '../../kustomer-stand-in/types.ts'

/** The stand-in: the failures that are active and for how long (in words), its customers and its latest requests. */
export interface KustomerState {
  active: { name: string; label: string; howLong: string }[]
  customers: StoredCustomer[]
  requests: KustomerRequest[]
}

/**
 * One request to the stand-in. `applied`: a write was stored. `externalId` and `name` are of its customer, where they are
 * known. `isProbe`: the doctor made it.
 */
export interface KustomerRequest {
  at: number
  method: string
  path: string
  status: number
  applied: boolean
  externalId?: string
  name?: string
  isProbe: boolean
}
