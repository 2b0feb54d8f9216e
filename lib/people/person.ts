/**
 * What the relay remembers of one person, by the external id that the events carry. It holds hashes (`hashOf`),
 * Kustomer's ids and times, and no personal data. A part that is absent is not known. Times are epoch milliseconds.
 */
export interface Person {
  customerId?: string
  /** Whether this external id is a user's or an anonymous visitor's; absent: not known. */
  role?: 'user' | 'anonymous'
  /** Hashes of addresses seen on the customer, newest last; at most 64. */
  addresses: string[]
  /** Hashes of addresses that another customer has, with the time of the refusal, newest last; at most 16. */
  refused: { address: string; atMs: number }[]
  /** The last delivered identify: its fingerprint (a hash) and when it was delivered. */
  identify?: { fingerprint: string; deliveredAtMs: number }
  /** Event time of the newest delivered identify. */
  newestIdentifyMs?: number
  /** Ids (hashes) of delivered events with their times, oldest first; at most 128, at most 7 days. */
  delivered: { id: string; atMs: number }[]
  /** The message that waits (SQS's id), its counts by outcome, and when it was first attempted. */
  waiting?: { messageId: string; firstAttemptMs: number; counts: Record<string, number> }
  /** Messages that were given back with a decision, with their receives until then; at most 10. */
  handedBack?: { messageId: string; receives: number }[]
  /** The message that was begun alone, since it may have ended its workers, and how often. */
  begun?: { messageId: string; times: number }
}

/** A person of whom nothing is known. */
export function emptyPerson(): Person {
  return { addresses: [], refused: [], delivered: [] }
}

/** A person as it was read from a store. */
export interface StoredPerson {
  person: Person
  /** Goes up by one with every write. */
  version: number
  /** When the record expires; absent: not known. */
  expiresAtMs?: number
}

/**
 * A store of person records, by message group id, that several workers may share. What does not look like a hash or an
 * id is not kept, and lists are cut to their bounds (`person-item.ts`).
 */
export interface PeopleStore {
  /** Reads many at once; who is not known (or expired) is absent. Rejects where the store does not answer. */
  load(groupIds: readonly string[]): Promise<Map<string, StoredPerson>>
  /**
   * Writes one if its version is still the one that was read (0: none), to expire in 30 days. Gives the new version, or
   * undefined where another writer came first. Rejects where the store does not answer.
   */
  save(groupId: string, person: Person, version: number): Promise<number | undefined>
}
