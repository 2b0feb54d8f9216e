import { type Bodies, createBodies } from './bodies.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { createPersonIndex, type PersonIndex } from './person-index.ts'

/** What a local relay remembers of the events since its start. The ledger holds no personal data, the others do. */
export interface Memory {
  ledger: Ledger
  bodies: Bodies
  people: PersonIndex
}

/** Creates an empty memory. */
export function createMemory(): Memory {
  return { ledger: createLedger(), bodies: createBodies(), people: createPersonIndex() }
}
