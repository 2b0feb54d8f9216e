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
  /** The message that waits, its counts by outcome, and when it was first attempted. */
  waiting?: { messageId: string; firstAttemptMs: number; counts: Record<string, number> }
}

/** A person of whom nothing is known. */
export function emptyPerson(): Person {
  return { addresses: [], refused: [], delivered: [] }
}
