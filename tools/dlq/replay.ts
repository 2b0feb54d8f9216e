import type { Filter } from '../dead-letters/filter.ts'
import { holdWhileBusy } from '../dead-letters/hold-while-busy.ts'
import type { SentReplay } from '../dead-letters/replay.ts'
import { replayWindows } from '../dead-letters/replay-windows.ts'
import type { Scan } from '../dead-letters/scan.ts'
import { ask } from '../terminal/ask.ts'
import type { CommandIo } from '../terminal/command-io.ts'
import { progress } from '../terminal/terminal.ts'
import { followReplay } from './follow-replays.ts'
import { printReplay } from './print-replay.ts'
import type { ReplayCommand } from './replay-command.ts'
import { dryRun } from './replay-dry-run.ts'
import {
  audited,
  deadLetterCount,
  requireAnswer,
  type Session,
  scanDeadLetters,
  showLine,
  warn,
  warnUnseen,
  withRelay,
} from './session.ts'

/** Dead letters per second: below the default share of Kustomer's limit, 800 requests a minute. */
const defaultRate = 10

/**
 * Sends dead letters to the queue again, waits for their ends, and prints the result. Returns the exit code: 1 if one
 * was not replayed or is dead again, 3 if one still waits.
 */
export async function replayDeadLetters(
  options: ReplayCommand,
  filter: Filter,
  io: CommandIo,
): Promise<number> {
  if (options.dryRun) return withRelay(options, io, session => dryRun(session, options, filter))
  requireAnswer(io, options.yes)
  return withRelay(options, io, async session => {
    const followed = followUp(session, options)
    const result = await scanDeadLetters(session, scan =>
      replayAll(scan, { session, options, filter, ...(followed && { onSent: followed.onSent }) }),
    ).catch(error => {
      followed?.cancel()
      throw error
    })
    const tally = await followed?.end(session)
    if (!result) return session.signal.aborted ? 1 : 0
    const code = printReplay(result, tally, options, io)
    return session.signal.aborted ? 1 : code
  })
}

interface Work {
  session: Session
  options: ReplayCommand
  filter: Filter
  onSent?: (sent: SentReplay) => void
}

async function replayAll(scan: Scan, { session, options, filter, onSent }: Work) {
  const { io, signal, relay, audit } = session
  const { rate = defaultRate, limit } = options
  const selection = audited(session, filter, limit)
  let bar: ReturnType<typeof progress> | undefined
  let [held, count] = [0, 0]
  const report = await replayWindows(scan, {
    ...{ filter, limit, perSecond: rate, signal, salt: relay.people?.salt },
    ...(onSent && { onSent }),
    ...(options.rate === undefined && {
      hold: holdWhileBusy(relay.queues, {
        signal,
        onHold(waiting) {
          held = waiting
        },
      }),
    }),
    async mayStart({ deadLetters, isLast }) {
      showLine(io, '')
      const unread = await scan.unread()
      if (isLast) warnUnseen(unread, io)
      const total = isLast ? deadLetters.length : scan.readIds.size + unread
      if (total > 0 && !(await isGo(total, isLast, scan, rate, session, options))) return false
      bar = progress(total, 'replayed', io.err)
      await audit({ action: 'replay', state: 'begun', filter: selection })
      return true
    },
    onProgress() {
      count++
      bar?.update(count, held > 0 ? `, waiting: ${held} events are in the queue` : undefined)
    },
  })
  bar?.close()
  if (!report) return undefined
  const { replayed, notReplayed, notDeleted } = report
  const counts = { replayed, notReplayed: notReplayed.length, notDeleted: notDeleted.length }
  await audit({ action: 'replay', state: 'ended', filter: selection, counts })
  return { ...report, readIds: scan.readIds }
}

async function isGo(
  total: number,
  isLast: boolean,
  scan: Scan,
  rate: number,
  { io, signal }: Session,
  { yes }: ReplayCommand,
): Promise<boolean> {
  if (yes) return true
  const what = isLast
    ? `${deadLetterCount(total)} of ${scan.readIds.size.toLocaleString('en')}`
    : `the selected ones of about ${deadLetterCount(total)} (at least ${Math.ceil(total / rate / 60)} min)`
  const isYes = await ask(io, `Replay ${what}, at most ${rate} per second?`, signal)
  if (!isYes) warn(io, 'Nothing was replayed.')
  return isYes
}

function followUp(session: Session, options: ReplayCommand) {
  const { relay, io } = session
  if ((options.wait ?? io.err.isTerminal) === false) return undefined
  if (relay.people)
    return followReplay(relay.people, typeof options.wait === 'number' ? options.wait : true, session)
  const todo = options.stack
    ? 'deploy the stack once more with this release'
    : 'name the relay with --local or --stack'
  if (options.wait) throw new Error(`--wait reads the person records, which are not known here: ${todo}`)
  warn(io, `It is not known here how the events end: ${todo}.`)
  return undefined
}
