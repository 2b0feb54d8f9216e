import type { DeadLetterCode } from '../errors.ts'
import type { DeliveryNote } from './delivery-note.ts'

/** The result of one attempt to deliver an event. `decide` turns it into a decision about the message. */
export type Outcome =
  /**
   * Kustomer accepted it (2xx). `notes` say why it was not a plain write. `spared`: the person's record named the
   * customer, so no look-up was needed.
   */
  | { kind: 'delivered'; status?: number; notes?: DeliveryNote[]; spared?: 'lookUpsSaved' }
  /** There was nothing to send. `spared`: the event was delivered before, or the identify is unchanged. */
  | { kind: 'skipped'; why: string; spared?: 'deduplicated' | 'unchanged' }
  /** It can never be accepted as it is. `why` is a sentence of the relay, without a value. */
  | { kind: 'rejected'; code: DeadLetterCode; why: string; status?: number }
  /** A 409 that `resolveConflict` could not resolve, or a customer that was not found (404) twice. */
  | { kind: 'conflict'; status: number; why: string }
  /** A 429. Kustomer says when the limit resets: in `inSeconds`. */
  | { kind: 'throttled'; inSeconds: number; status: number }
  /**
   * No request was made: no token or no time was left, or an earlier event of the same person waits. With `isBehind` it
   * waits exactly as long as that earlier event.
   */
  | { kind: 'unattempted'; inSeconds: number; why: string; isBehind?: boolean }
  /** Kustomer or the network failed. `mayBeStored`: the request may have been carried out nevertheless. */
  | { kind: 'unavailable'; why: string; mayBeStored: boolean; status?: number }
  /** The relay's configuration is wrong, not the event: key, role, billing, or a host that is not Kustomer's API. */
  | { kind: 'unauthorized'; why: string; status: number }
  /** An unexpected exception: a bug in the relay. */
  | { kind: 'failed'; why: string }
