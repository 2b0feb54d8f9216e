import { type LeasedBatch, withDeadLetters } from '../dead-letters/scan.ts'
import { openQueues, type Target } from '../dead-letters/targets.ts'
import { reasonOf } from '../terminal/command-line.ts'
import { ask, mayAsk, paint } from '../terminal/terminal.ts'

/**
 * Reads the dead-letter queue of a target, shows the count as it grows, and hands the dead letters to `use`.
 * What stands in the way of seeing or giving back all of them is said on standard error.
 */
export async function readDeadLetters(
  target: Target,
  signal: AbortSignal,
  use: (batch: LeasedBatch) => Promise<void>,
): Promise<void> {
  const queues = await openQueues(target)
  const wipe = () => process.stderr.isTTY && process.stderr.write('\r\x1b[K')
  const onRead = (count: number) =>
    process.stderr.isTTY && process.stderr.write(`\r\x1b[Kreading the dead-letter queue: ${count}`)
  const onKept = (count: number, seconds: number) =>
    warn(`${count} dead letters could not be given back: they show up again in ${seconds} s`)
  // The emulator of a local relay answers a short poll from all that it has.
  const waitSeconds = target.local ? 0 : 1
  try {
    await withDeadLetters(queues, { signal, onRead, onKept, waitSeconds }, async batch => {
      wipe()
      if (batch.unseen > 0)
        warn(
          `about ${batch.unseen} more could not be read now: somebody else reads them, or they wait behind others`,
        )
      await use(batch)
    })
  } finally {
    queues.sqs.destroy()
  }
}

/** @throws Error where a question would be needed that nobody is there to answer. */
export function requireAnswer(isSure: boolean | undefined): void {
  if (!isSure && !mayAsk()) throw new Error('Nobody is here to ask: say --yes, or --dry-run to look first')
}

/** Whether to go on: sure already, or the person says yes. */
export async function confirm(question: string, isSure: boolean | undefined, signal: AbortSignal) {
  return isSure || ask(question, signal)
}

/** A line on standard error that is no result. */
export function warn(text: string): void {
  console.error(paint('yellow', reasonOf(text), process.stderr))
}

/** `1 dead letter`, `2 dead letters`. */
export function letterCount(count: number): string {
  return `${count} dead letter${count === 1 ? '' : 's'}`
}
