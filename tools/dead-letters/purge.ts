import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs'
import type { DeadLetterMessage } from './dead-letter-message.ts'
import { inBatches } from './queues.ts'
import type { NotDone } from './replay.ts'
import type { Scan } from './scan.ts'

/** The result of a purge. Each dead letter is in exactly one list. */
export interface PurgeReport {
  purged: DeadLetterMessage[]
  notPurged: NotDone[]
}

/** The options of a purge. `signal` ends it after the current batch. */
export interface PurgeOptions {
  signal?: AbortSignal
  onProgress?: (done: number) => void
}

/** Deletes dead letters permanently. Reports those that it could not delete, with the reason. Never throws. */
export async function purge(
  leased: Pick<Scan, 'queues' | 'lease'>,
  deadLetters: DeadLetterMessage[],
  options: PurgeOptions = {},
): Promise<PurgeReport> {
  let done = 0
  const notPurged = await inBatches(deadLetters, async batch => {
    const left = options.signal?.aborted ? batch.map(interrupted) : await deleteBatch(leased, batch)
    done += batch.length
    options.onProgress?.(done)
    return left
  })
  const failed = new Set(notPurged.map(({ deadLetter }) => deadLetter))
  return { purged: deadLetters.filter(deadLetter => !failed.has(deadLetter)), notPurged }
}

function interrupted(deadLetter: DeadLetterMessage): NotDone {
  return { deadLetter, why: 'interrupted' }
}

/** Deletes at most ten dead letters. Returns those that it could not delete. */
async function deleteBatch(
  { queues, lease }: Pick<Scan, 'queues' | 'lease'>,
  batch: DeadLetterMessage[],
): Promise<NotDone[]> {
  const receipts = await Promise.all(batch.map(({ id }) => lease.secure(id)))
  const Entries = receipts.flatMap((ReceiptHandle, i) =>
    ReceiptHandle ? [{ Id: String(i), ReceiptHandle }] : [],
  )
  const answer = Entries.length > 0 ? await answerTo(queues, Entries) : {}
  const deleted = new Set(answer.Successful?.map(({ Id }) => Number(Id)))
  return batch.flatMap((deadLetter, i) => {
    if (deleted.has(i)) {
      lease.drop(deadLetter.id)
      return []
    }
    const refusal = answer.Failed?.find(({ Id }) => Id === String(i))?.Message
    return [{ deadLetter, why: refusal ?? answer.fault ?? 'its lease could not be renewed' }]
  })
}

async function answerTo({ sqs, deadLetterQueueUrl }: Scan['queues'], Entries: Entry[]): Promise<Answer> {
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
