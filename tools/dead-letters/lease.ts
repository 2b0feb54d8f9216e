import { ChangeMessageVisibilityBatchCommand } from '@aws-sdk/client-sqs'
import { inBatches, type Queues } from './queues.ts'

/** Dead letters that nobody else may read for now. */
export interface Lease {
  /** Seconds for which a dead letter is hidden at a time: a killed process keeps none back for longer. */
  seconds: number
  /** Notes a dead letter just received: false where it is held already (then its newer receipt counts). */
  take(id: string, receiptHandle: string): boolean
  /** The receipt of a dead letter that is surely held long enough for a send and a delete, else undefined. Never throws. */
  secure(id: string): Promise<string | undefined>
  /** Forgets a dead letter that was deleted. */
  drop(id: string): void
  /** Makes dead letters readable again at once, all by default. Gives the number that stays hidden. Never throws. */
  giveBack(ids?: string[]): Promise<number>
  size(): number
  /** Ends the renewing. What is still held becomes readable when its time is over. */
  stop(): void
}

interface LeasedMessage {
  receiptHandle: string
  untilMs: number
}

/** Milliseconds that a send and a delete may take, with the client's own retries. */
const safetyMs = 15_000

/**
 * Starts holding dead letters: hidden for `seconds`, renewed while the work runs, so that a question or a slow replay may
 * take its time (up to SQS's 12 h) and an end without notice hides nothing for long.
 */
export function startLease(queues: Queues, seconds: number): Lease {
  const leased = new Map<string, LeasedMessage>()
  let renewing: Promise<unknown> = Promise.resolve()
  const renew = () => {
    renewing = renewing.then(() => hide(queues, [...leased.values()], seconds))
  }
  const timer = setInterval(renew, (seconds * 1000) / 3)
  return {
    seconds,
    take(id, receiptHandle) {
      const isNew = !leased.has(id)
      leased.set(id, { receiptHandle, untilMs: Date.now() + seconds * 1000 })
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
    async giveBack(ids = [...leased.keys()]) {
      const deadLetters = ids.flatMap(id => leased.get(id) ?? [])
      for (const id of ids) leased.delete(id)
      // A renewal on its way would hide again what is given back now.
      await renewing
      return hide(queues, deadLetters, 0)
    },
    size: () => leased.size,
    stop: () => clearInterval(timer),
  }
}

/** Gives the number of dead letters whose time could not be changed. */
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
    // What is hidden no longer needs no giving back, whatever SQS says of an old receipt.
    return batch.filter(deadLetter => !done.has(deadLetter) && deadLetter.untilMs > startedMs)
  })
  return refused.length
}
