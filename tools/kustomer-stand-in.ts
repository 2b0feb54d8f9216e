export type { Fault, FaultAction } from './kustomer-stand-in/faults.ts'
export { startKustomerStandIn } from './kustomer-stand-in/server.ts'
export type {
  RequestKind,
  RequestRecord,
  StandIn,
  StandInOptions,
  StoredCustomer,
  StoredEvent,
} from './kustomer-stand-in/types.ts'
export { type KustomerError, validateCustomer, validateIdentityEvent } from './kustomer-stand-in/validate.ts'
