import type { Queues } from '../dead-letters/queues.ts'
import type { RelayAccess } from '../dead-letters/relay-access.ts'
import { type LeasedBatch, withDeadLetters } from '../dead-letters/scan.ts'
import { openRelay, type Target } from '../dead-letters/targets.ts'
import { mayAsk } from '../terminal/ask.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { reasonOf } from '../terminal/command-line.ts'
import { paint } from '../terminal/terminal.ts'

/** Opens the relay of a target, calls `use` with it, and closes its clients. Returns the result of `use`. */
export async function withRelay<T>(
  target: Target,
  io: CommandIo,
  use: (relay: RelayAccess) => Promise<T>,
): Promise<T> {
  const relay = await openRelay(target, io.cwd)
  try {
    return await use(relay)
  } finally {
    relay.close()
  }
}

/** What reading the dead letters needs: the queues, how they were named, and where to show the progress. */
export interface Reading {
  queues: Queues
  target: Target
  io: CommandIo
  signal: AbortSignal
}

/**
 * Reads the dead-letter queue, shows the progress, and calls `use` with the dead letters. Returns the result of `use`.
 * It prints a warning to standard error if some dead letters could not be read or released.
 */
export async function readDeadLetters<T>(
  { queues, target, io, signal }: Reading,
  use: (batch: LeasedBatch) => Promise<T>,
): Promise<T> {
  const onRead = (count: number) => showLine(io, `reading the dead-letter queue: ${count}`)
  const onKept = (count: number, seconds: number) =>
    warn(io, `${count} dead letters could not be released: they are hidden for ${seconds} s`)
  // A short poll is enough: the emulator of a local relay answers it with all messages.
  const waitSeconds = target.local ? 0 : 1
  return withDeadLetters(queues, { signal, onRead, onKept, waitSeconds }, batch => {
    showLine(io, '')
    if (batch.unseen > 0)
      warn(
        io,
        `about ${batch.unseen} more could not be read: they are leased by another reader, or behind others in their group`,
      )
    return use(batch)
  })
}

/** Replaces the line of progress on a terminal. It prints nothing elsewhere. */
export function showLine({ err }: CommandIo, text: string): void {
  if (err.isTerminal) err.write(`\r\x1b[K${text}`)
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
