import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Settings } from '../../lib/index.ts'
import type { PeopleStore } from '../../lib/people/person.ts'
import type { PeopleRecords } from './follow.ts'
import type { Queues } from './queues.ts'

/** The table of the person records, and the salt of its hashes. */
export interface PeopleAccess extends PeopleRecords {
  store: PeopleStore
  tableName: string
  dynamo: Pick<DynamoDBClient, 'send' | 'destroy'>
}

/** What a tool uses of a relay. A part is missing where it cannot be found, such as for two queue URLs. */
export interface RelayAccess {
  queues: Queues
  people?: PeopleAccess
  /** The mapping settings that the relay uses. */
  settings?: Settings
  /** The log group for the audit lines of a deployed stack. */
  auditLogGroup?: string
  region?: string
  /** Closes the clients. */
  close(): void
}
