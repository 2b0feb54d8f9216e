import { type LeasedBatch, withDeadLetters } from '../dead-letters/scan.ts'
import { openQueues, type Target } from '../dead-letters/targets.ts'
import { mayAsk } from '../terminal/ask.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { reasonOf } from '../terminal/command-line.ts'
import { paint } from '../terminal/terminal.ts'

/**
 * Reads the dead-letter queue of a target, shows the count as it grows, hands the dead letters to `use`, and gives what
 * it gives. What stands in the way of seeing or giving back all of them is said on standard error.
 */
export async function readDeadLetters<T>(
  target: Target,
  { io, signal }: { io: CommandIo; signal: AbortSignal },
  use: (batch: LeasedBatch) => Promise<T>,
): Promise<T> {
  const queues = await openQueues(target, io.cwd)
  const show = (text: string) => io.err.isTerminal && io.err.write(`\r\x1b[K${text}`)
  const onRead = (count: number) => show(`reading the dead-letter queue: ${count}`)
  const onKept = (count: number, seconds: number) =>
    warn(io, `${count} dead letters could not be given back: they show up again in ${seconds} s`)
  // The emulator of a local relay answers a short poll from all that it has.
  const waitSeconds = target.local ? 0 : 1
  try {
    return await withDeadLetters(queues, { signal, onRead, onKept, waitSeconds }, batch => {
      show('')
      if (batch.unseen > 0)
        warn(
          io,
          `about ${batch.unseen} more could not be read now: somebody else reads them, or they wait behind others`,
        )
      return use(batch)
    })
  } finally {
    queues.sqs.destroy()
  }
}

/** @throws Error where a question would be needed that nobody is there to answer. */
export function requireAnswer(io: CommandIo, isSure: boolean | undefined): void {
  if (!isSure && !mayAsk(io)) throw new Error('Nobody is here to ask: say --yes, or --dry-run to look first')
}

/** A line on standard error that is no result. */
export function warn({ err }: CommandIo, text: string): void {
  printLine(err, paint('yellow', reasonOf(text), err))
}

/** `1 dead letter`, `2 dead letters`. */
export function deadLetterCount(count: number): string {
  return `${count} dead letter${count === 1 ? '' : 's'}`
}
