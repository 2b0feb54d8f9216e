import type { DeadLetterCode } from '../errors.ts'
import type { DeliveryNote } from './delivery-note.ts'

/** What became of one attempt to deliver an event. `decide` makes of it what becomes of the message. */
export type Outcome =
  /** Kustomer has it (2xx). `notes` say what was not a plain write. */
  | { kind: 'delivered'; status?: number; notes?: DeliveryNote[] }
  /** There was nothing to send. `spared`: the event was delivered before, or the identify changes nothing. */
  | { kind: 'skipped'; why: string; spared?: 'deduplicated' | 'unchanged' }
  /** It can never be accepted as it is. `why` is a sentence of our own, without a value. */
  | { kind: 'rejected'; code: DeadLetterCode; why: string; status?: number }
  /** A 409 that the resolutions did not mend. */
  | { kind: 'conflict'; status: number; why: string }
  /** 429: Kustomer names the moment, `inSeconds` from now. */
  | { kind: 'throttled'; inSeconds: number; status: number }
  /**
   * No request was made: no token or no time left, or an earlier event of the same person waits. `isBehind`: it waits
   * exactly as long as the event before it.
   */
  | { kind: 'unattempted'; inSeconds: number; why: string; isBehind?: boolean }
  /** Their side failed or did not answer. `mayBeStored`: the request may have been carried out all the same. */
  | { kind: 'unavailable'; why: string; mayBeStored: boolean; status?: number }
  /** Our set-up is wrong, not the event: key, role, billing, or a host or gateway that is not Kustomer's API. */
  | { kind: 'unauthorized'; why: string; status: number }
  /** An exception that nobody foresaw: our bug. */
  | { kind: 'failed'; why: string }
