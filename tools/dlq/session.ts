import { type LeasedBatch, withDeadLetters } from '../dead-letters/scan.ts'
import { openQueues, type Target } from '../dead-letters/targets.ts'
import { mayAsk } from '../terminal/ask.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { reasonOf } from '../terminal/command-line.ts'
import { paint } from '../terminal/terminal.ts'

/**
 * Reads the dead-letter queue of a target, shows the progress, and calls `use` with the dead letters. Returns the
 * result of `use`. It prints a warning to standard error if some dead letters could not be read or released.
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
    warn(io, `${count} dead letters could not be released: they are hidden for ${seconds} s`)
  // A short poll is enough: the emulator of a local relay answers it with all messages.
  const waitSeconds = target.local ? 0 : 1
  try {
    return await withDeadLetters(queues, { signal, onRead, onKept, waitSeconds }, batch => {
      show('')
      if (batch.unseen > 0)
        warn(
          io,
          `about ${batch.unseen} more could not be read: they are leased by another reader, or behind others in their group`,
        )
      return use(batch)
    })
  } finally {
    queues.sqs.destroy()
  }
}

/** @throws Error if `--yes` is missing and there is no terminal to ask on. */
export function requireAnswer(io: CommandIo, isSure: boolean | undefined): void {
  if (!isSure && !mayAsk(io))
    throw new Error('There is no terminal to ask on: use --yes, or --dry-run to check first')
}

/** Prints a warning to standard error. */
export function warn({ err }: CommandIo, text: string): void {
  printLine(err, paint('yellow', reasonOf(text), err))
}

/** `1 dead letter`, `2 dead letters`. */
export function deadLetterCount(count: number): string {
  return `${count} dead letter${count === 1 ? '' : 's'}`
}
