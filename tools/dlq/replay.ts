import type { DeadLetterMessage } from '../dead-letters/dead-letter-message.ts'
import { summaryOf } from '../dead-letters/describe.ts'
import { type Filter, filterDeadLetters } from '../dead-letters/filter.ts'
import { type Prepared, prepareReplay } from '../dead-letters/prepare.ts'
import type { RelayAccess } from '../dead-letters/relay-access.ts'
import { type ReplayReport, replay, type SentReplay } from '../dead-letters/replay.ts'
import type { LeasedBatch } from '../dead-letters/scan.ts'
import type { Target } from '../dead-letters/targets.ts'
import { ask } from '../terminal/ask.ts'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { progress } from '../terminal/terminal.ts'
import { closeWith, type Named, namesOf, printReasons } from './closing.ts'
import { deadLetterTable } from './dead-letter-table.ts'
import { followReplay, type Tally } from './follow-replays.ts'
import { targetText } from './options.ts'
import { deadLetterCount, readDeadLetters, requireAnswer, warn, withRelay } from './session.ts'

/** The options of `replay`: the relay, the rate, whether to ask, and whether to wait for the ends. */
export interface ReplayCommand extends Target {
  json?: true | undefined
  limit?: number | undefined
  dryRun?: true | undefined
  yes?: true | undefined
  rate: number
  /** Milliseconds without news, or whether to wait; default: on a terminal. */
  wait?: number | boolean | undefined
}

/** The exit code of a replay after which events still wait, and nothing else is left. */
const stillWaitingCode = 3

/**
 * Sends dead letters to the queue again, waits for their ends, and prints the result. Returns the exit code: 1 if one
 * was not replayed or is dead again, 3 if one still waits.
 */
export async function replayDeadLetters(
  options: ReplayCommand,
  filter: Filter,
  io: CommandIo,
): Promise<number> {
  if (!options.dryRun) requireAnswer(io, options.yes)
  const signal = io.interruption()
  return withRelay(options, io, async relay => {
    const reading = { queues: relay.queues, target: options, io, signal }
    const mayFollow = !options.dryRun && (options.wait ?? io.err.isTerminal) !== false
    const people = mayFollow ? peopleOf(relay, options, io) : undefined
    const followed =
      people && followReplay(people, typeof options.wait === 'number' ? options.wait : true, reading)
    const result = await readDeadLetters(reading, async batch => {
      const chosen = prepareReplay(filterDeadLetters(batch.deadLetters, filter), relay.people?.salt).slice(
        0,
        options.limit,
      )
      if (options.dryRun) return printDryRun(batch, chosen, options, io.out)
      return send(batch, chosen, options, { io, signal, ...(followed && { onSent: followed.onSent }) })
    }).catch(error => {
      followed?.cancel()
      throw error
    })
    const tally = await followed?.end(reading)
    if (typeof result === 'number') return result
    const code = printReport(result, tally, options, io)
    return signal.aborted ? 1 : code
  })
}

/** Returns the person records, in which the ends are. @throws Error if `--wait` was asked for and there are none. */
function peopleOf({ people }: RelayAccess, { wait, stack }: ReplayCommand, io: CommandIo) {
  if (people) return people
  const todo = stack
    ? 'deploy the stack once more with this release'
    : 'name the relay with --local or --stack'
  if (wait) throw new Error(`--wait reads the person records, which are not known here: ${todo}`)
  warn(io, `It is not known here how the events end: ${todo}.`)
  return undefined
}

interface Sent {
  all: DeadLetterMessage[]
  report: ReplayReport
}

/** Asks, and sends. Returns 0 where the answer was no. */
async function send(
  batch: LeasedBatch,
  chosen: Prepared[],
  options: ReplayCommand,
  { io, signal, onSent }: { io: CommandIo; signal: AbortSignal; onSent?: (sent: SentReplay) => void },
): Promise<Sent | number> {
  const question = `Replay ${deadLetterCount(chosen.length)} of ${batch.deadLetters.length}, ${options.rate} per second?`
  const isGo = chosen.length === 0 || options.yes || (await ask(io, question, signal))
  if (!isGo && !signal.aborted) {
    warn(io, 'Nothing was replayed.')
    return 0
  }
  const bar = progress(chosen.length, 'replayed', io.err)
  const report = await replay(batch, chosen, {
    perSecond: options.rate,
    signal,
    onProgress: bar.update,
    ...(onSent && { onSent }),
  })
  bar.close()
  return { all: batch.deadLetters, report }
}

function printDryRun(
  { deadLetters }: LeasedBatch,
  chosen: Prepared[],
  options: ReplayCommand,
  out: Output,
): number {
  const would = chosen.flatMap(one => (one.kind === 'ready' ? [one.deadLetter] : []))
  const wouldNot = chosen.flatMap(one => (one.kind === 'stuck' ? [one] : []))
  const named = namesOf(deadLetters, wouldNot)
  if (options.json) {
    const wouldReplay = would.map(deadLetter => summaryOf(deadLetter, Date.now()))
    const counts = { read: deadLetters.length, wouldReplay, wouldNotReplay: named }
    printLine(out, JSON.stringify(counts, null, 2))
    return 0
  }
  if (would.length > 0) printLine(out, `${deadLetterTable(would, deadLetters, out)}\n`)
  printReasons('would not replay', named, out)
  printLine(
    out,
    `read ${deadLetters.length}, would replay ${would.length}, would not replay ${wouldNot.length}`,
  )
  return 0
}

function printReport(
  { all, report: { replayed, notReplayed, notDeleted } }: Sent,
  tally: Tally | undefined,
  options: ReplayCommand,
  io: CommandIo,
): number {
  const duplicates = namesOf(all, notDeleted)
  const counts: [string, number | Named[]][] = [
    ['read', all.length],
    ['replayed', replayed.length],
    ['not replayed', namesOf(all, notReplayed)],
    ['replayed but not deleted', duplicates],
  ]
  if (tally)
    counts.push(
      ['delivered', tally.delivered],
      ['dead again', tally.deadAgain],
      ['still waiting', tally.stillWaiting],
    )
  const isLeft = closeWith(counts, options.json, io.out) > 0
  if (duplicates.length > 0) {
    const ids = duplicates.map(({ id }) => id).join(' ')
    warn(
      io,
      `Delete these dead letters: they are in the queue again. npm run dlq -- purge ${targetText(options)} --id ${ids}`,
    )
  }
  const isBad = notReplayed.length + notDeleted.length + (tally?.deadAgain.length ?? 0) > 0
  return isLeft && !isBad ? stillWaitingCode : Number(isLeft)
}
