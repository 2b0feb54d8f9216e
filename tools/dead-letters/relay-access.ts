import type { Settings } from '../../lib/index.ts'
import type { PeopleRecords } from './follow.ts'
import type { Queues } from './queues.ts'

/** What a tool uses of a relay. A part is missing where it cannot be found, such as for two queue URLs. */
export interface RelayAccess {
  queues: Queues
  people?: PeopleRecords
  /** The mapping settings that the relay uses. */
  settings?: Settings
  /** Closes the clients. */
  close(): void
}
