import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs'
import type { Letter } from './letter.ts'
import { inBatches } from './queues.ts'
import type { NotDone } from './replay.ts'
import type { Hand } from './scan.ts'

/** What became of the letters that were to be deleted: each is in exactly one list. */
export interface PurgeReport {
  purged: Letter[]
  notPurged: NotDone[]
}

/** How to purge. `signal` ends it after the letters in hand. */
export interface PurgeOptions {
  signal?: AbortSignal
  onProgress?: (done: number) => void
}

/** Deletes letters of a hand for good; what could not be deleted is named with its reason. Never throws. */
export async function purge(hand: Hand, letters: Letter[], options: PurgeOptions = {}): Promise<PurgeReport> {
  let done = 0
  const notPurged = await inBatches(letters, async batch => {
    const left = options.signal?.aborted ? batch.map(interrupted) : await deleteBatch(hand, batch)
    done += batch.length
    options.onProgress?.(done)
    return left
  })
  const stayed = new Set(notPurged.map(({ letter }) => letter))
  return { purged: letters.filter(letter => !stayed.has(letter)), notPurged }
}

function interrupted(letter: Letter): NotDone {
  return { letter, why: 'interrupted' }
}

/** At most ten letters; gives those that stayed. */
async function deleteBatch({ queues, hold }: Hand, batch: Letter[]): Promise<NotDone[]> {
  const receipts = await Promise.all(batch.map(({ id }) => hold.secure(id)))
  const Entries = receipts.flatMap((ReceiptHandle, i) =>
    ReceiptHandle ? [{ Id: String(i), ReceiptHandle }] : [],
  )
  const answer = Entries.length > 0 ? await answerTo(queues, Entries) : {}
  const deleted = new Set(answer.Successful?.map(({ Id }) => Number(Id)))
  return batch.flatMap((letter, i) => {
    if (deleted.has(i)) {
      hold.drop(letter.id)
      return []
    }
    const refusal = answer.Failed?.find(({ Id }) => Id === String(i))?.Message
    return [{ letter, why: refusal ?? answer.fault ?? 'it could not be kept from other readers' }]
  })
}

async function answerTo({ sqs, deadLetterQueueUrl }: Hand['queues'], Entries: Entry[]): Promise<Answer> {
  const command = new DeleteMessageBatchCommand({ QueueUrl: deadLetterQueueUrl, Entries })
  return sqs.send(command).catch((error: Error) => ({ fault: `${error.name}: ${error.message}` }))
}

interface Entry {
  Id: string
  ReceiptHandle: string
}

interface Answer {
  Successful?: { Id: string | undefined }[] | undefined
  Failed?: { Id: string | undefined; Message?: string | undefined }[] | undefined
  fault?: string
}
