import { ChangeMessageVisibilityBatchCommand } from '@aws-sdk/client-sqs'
import { inBatches, type Queues } from './queues.ts'

/** A lease on dead letters: other readers do not see them. */
export interface Lease {
  /**
   * Seconds until the lease of a dead letter ends without renewal, for example after the process is killed. Many leases
   * are longer, so that their renewal costs few requests.
   */
  readonly seconds: number
  /**
   * Adds a received dead letter that is hidden for `heldMs` from now. Returns false if it was leased already; its
   * receipt handle is updated.
   */
  take(id: string, receiptHandle: string, heldMs: number): boolean
  /** Returns the receipt handle if the lease is long enough for a send and a delete, else undefined. Never throws. */
  secure(id: string): Promise<string | undefined>
  /** Removes a dead letter that was deleted. */
  drop(id: string): void
  /** Ends the lease of dead letters (default: all). Returns the number that stay hidden. Never throws. */
  release(ids?: string[]): Promise<number>
  size(): number
  /** Stops the renewal. Leases that are left expire. */
  stop(): void
}

interface LeasedMessage {
  receiptHandle: string
  untilMs: number
}

/** More leases than this are longer: ten minutes. */
const many = { count: 2_000, seconds: 600 }

/** Milliseconds that a send and a delete may take, including the retries of the SQS client. */
const safetyMs = 15_000

/**
 * Starts a lease: dead letters are hidden for `seconds`, and the lease is renewed until `stop`. So a slow replay or a
 * question may take up to SQS's 12 h, and a killed process hides the dead letters only for a short time.
 */
export function startLease(queues: Queues, seconds: number): Lease {
  const leased = new Map<string, LeasedMessage>()
  let renewing: Promise<unknown> = Promise.resolve()
  const current = () => (leased.size > many.count ? Math.max(seconds, many.seconds) : seconds)
  const renew = () => {
    const dueMs = Date.now() + current() * 667
    const due = [...leased.values()].filter(({ untilMs }) => untilMs < dueMs)
    renewing = renewing.then(() => hide(queues, due, current()))
  }
  const timer = setInterval(renew, (seconds * 1000) / 3)
  return {
    get seconds() {
      return current()
    },
    take(id, receiptHandle, heldMs) {
      const isNew = !leased.has(id)
      leased.set(id, { receiptHandle, untilMs: Date.now() + heldMs })
      return isNew
    },
    async secure(id) {
      const deadLetter = leased.get(id)
      if (!deadLetter) return undefined
      const isSafe = () => deadLetter.untilMs > Date.now() + Math.min(safetyMs, seconds * 500)
      if (!isSafe()) await hide(queues, [deadLetter], seconds)
      return isSafe() ? deadLetter.receiptHandle : undefined
    },
    drop: id => void leased.delete(id),
    async release(ids = [...leased.keys()]) {
      const deadLetters = ids.flatMap(id => leased.get(id) ?? [])
      for (const id of ids) leased.delete(id)
      // A renewal that is still running would hide them again.
      await renewing
      return hide(queues, deadLetters, 0)
    },
    size: () => leased.size,
    stop: () => clearInterval(timer),
  }
}

/** Hides dead letters for so many seconds. Returns the number for which it failed. */
async function hide({ sqs, deadLetterQueueUrl }: Queues, deadLetters: LeasedMessage[], seconds: number) {
  const refused = await inBatches(deadLetters, async batch => {
    const startedMs = Date.now()
    const Entries = batch.map(({ receiptHandle }, i) => ({
      Id: String(i),
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    }))
    const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: deadLetterQueueUrl, Entries })
    const answer = await sqs.send(command).catch(() => undefined)
    const done = new Set((answer?.Successful ?? []).map(({ Id }) => batch[Number(Id)]))
    for (const deadLetter of done) if (deadLetter) deadLetter.untilMs = startedMs + seconds * 1000
    // A dead letter whose lease has expired is visible already, so a failure does not matter.
    return batch.filter(deadLetter => !done.has(deadLetter) && deadLetter.untilMs > startedMs)
  })
  return refused.length
}
