/**
 * What the relay remembers about one person, that is, one external id. It holds hashes (`hashOf`), Kustomer's ids and
 * times, and no personal data. An absent part is unknown. Times are epoch milliseconds.
 */
export interface Person {
  customerId?: string
  /** Whether this external id is a user's or an anonymous visitor's; absent: not known. */
  role?: 'user' | 'anonymous'
  /** Hashes of addresses seen on the customer, newest last; at most 64. */
  addresses: string[]
  /** Hashes of addresses that another customer has, or for which this one has no room, and when; newest last; at most 16. */
  refused: { address: string; atMs: number }[]
  /** The last delivered identify: its fingerprint (a hash) and when it was delivered. */
  identify?: { fingerprint: string; deliveredAtMs: number }
  /** Event time of the newest delivered identify. */
  newestIdentifyMs?: number
  /** Ids (hashes) of events that were delivered or dead-lettered, with the times, oldest first; at most 128, 7 days. */
  delivered: { id: string; atMs: number }[]
  /** The message that waits (SQS's id), its counts by outcome, and when it was first attempted. */
  waiting?: { messageId: string; firstAttemptMs: number; counts: Record<string, number> }
  /** Messages that went back to the queue with a decision, with their receive counts at that time; at most 10. */
  handedBack?: { messageId: string; receives: number }[]
  /** The message that is processed alone since it may have crashed its workers, and how often it was started. */
  begun?: { messageId: string; times: number }
}

/** A person about whom nothing is known. */
export function emptyPerson(): Person {
  return { addresses: [], refused: [], delivered: [] }
}

/** A person as it was read from a store. */
export interface StoredPerson {
  person: Person
  /** Increases by one with every write. */
  version: number
  /** When the record expires; absent: not known. */
  expiresAtMs?: number
}

/**
 * A store of person records, by message group id, that several workers may share. A value that does not look like a
 * hash or an id is not stored, and lists are cut to their limits (`person-item.ts`).
 */
export interface PeopleStore {
  /** Reads several records at once; an unknown or expired one is absent. Rejects when the store does not answer. */
  load(groupIds: readonly string[]): Promise<Map<string, StoredPerson>>
  /**
   * Writes a record if the stored version is still `version` (0: none), to expire in 30 days. Resolves to the new
   * version, or to undefined when another writer was first. Rejects when the store does not answer.
   */
  save(groupId: string, person: Person, version: number): Promise<number | undefined>
}
