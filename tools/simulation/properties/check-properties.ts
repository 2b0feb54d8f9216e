import { boundedWork } from './bounded-work.ts'
import { closedGate } from './closed-gate.ts'
import { deliveredOnce } from './delivered-once.ts'
import { endsOnce } from './ends-once.ts'
import type { Evidence, Property } from './evidence.ts'
import { givenUpForCause } from './given-up-for-cause.ts'
import { inOrder } from './in-order.ts'
import { newestName } from './newest-name.ts'
import { noPersonalData } from './no-personal-data.ts'
import { whoseCustomer } from './whose-customer.ts'
import { withinShare } from './within-share.ts'

/** A property that does not hold, with what breaks it. */
export interface Broken {
  property: string
  sentence: string
  detail: string
}

/** What must hold of every run, under every schedule (docs/architecture.md, "What always holds"). */
export const properties: readonly Property[] = [
  endsOnce,
  givenUpForCause,
  deliveredOnce,
  inOrder,
  whoseCustomer,
  newestName,
  withinShare,
  closedGate,
  noPersonalData,
  boundedWork,
]

/** Everything that a run breaks; an empty list where all properties hold. */
export function checkProperties(evidence: Evidence): Broken[] {
  return properties.flatMap(({ name, sentence, find }) =>
    find(evidence).map(detail => ({ property: name, sentence, detail })),
  )
}
