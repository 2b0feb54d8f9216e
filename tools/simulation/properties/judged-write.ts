import type { CustomerChange } from '../kustomer-log.ts'
import type { Evidence } from './evidence.ts'
import type { IdentifierHistory } from './identifier-history.ts'
import type { WrittenIdentify } from './written-identifies.ts'

/** A write of the relay, with all that is needed to judge it. */
export interface Write {
  change: CustomerChange & { after: NonNullable<CustomerChange['after']> }
  identifies: WrittenIdentify[]
  history: IdentifierHistory
  isAnonymous(externalId: string): boolean
  evidence: Evidence
}

/** What judges one write; undefined where it is right. */
export type Rule = (write: Write) => string | undefined
