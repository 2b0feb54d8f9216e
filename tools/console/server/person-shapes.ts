import type { Person } from '../../../lib/people/person.ts'

/** What the relay remembers about one person. */
export interface PersonState {
  /** The person's message group. */
  group: string
  /** Missing if the relay remembers nothing, or if the record has expired. */
  record?: PersonRecord
}

/**
 * A person record. The hashes of addresses are counted and not shown. `delivered` is newest first; it has an id for each
 * delivery and for each dead letter, which cannot be told apart. The ids in it and the fingerprint are hashes; `waiting`
 * names SQS's message id, as the attempts of a trace do. Times are epoch ms.
 */
export interface PersonRecord extends Omit<Person, 'addresses' | 'refused'> {
  /** How many addresses were seen on the customer. */
  addresses: number
  /** How many addresses were left out because another customer has them. */
  refused: number
  /** Increases by one with every write. */
  version: number
  expiresAtMs?: number
}
