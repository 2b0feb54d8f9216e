import type { DeadLetterMessage } from './dead-letter-message.ts'
import type { Filter } from './filter.ts'
import { prepareReplay } from './prepare.ts'
import { type NotDone, type ReplayOptions, replay } from './replay.ts'
import type { Portion, Scan } from './scan.ts'
import { type Window, windowsOf } from './windows.ts'

/** The result of a replay of a whole queue. Dead letters are without their bodies. */
export interface WindowsReport {
  replayed: number
  notReplayed: NotDone[]
  notDeleted: NotDone[]
  /** Events that were sent after a later event of the same person: they came with a later window. */
  late: number
}

/** What a replay of a queue selects, and how it sends. */
export interface WindowsOptions extends ReplayOptions {
  filter: Filter
  limit?: number | undefined
  /** The salt of the relay's message groups. */
  salt?: string | undefined
  /** Called with the first dead letters. If it resolves to false, nothing is sent. */
  mayStart(first: Window): Promise<boolean>
}

/**
 * A window of a replay, in which a person's events are put in order. SQS hands out different groups in no fixed order, so
 * a larger queue may hold an older event of the person. 10,000 are read in some five seconds.
 */
const windowSize: Portion = { count: 10_000, bytes: 64 * 1_048_576 }

/**
 * Replays the selected dead letters window by window. A dead letter whose lease was lost, for example while credentials
 * had expired, is read and sent again. Returns undefined if it may not start. @throws the error of a read of SQS.
 */
export async function replayWindows(scan: Scan, options: WindowsOptions): Promise<WindowsReport | undefined> {
  const report: WindowsReport = { replayed: 0, notReplayed: [], notDeleted: [], late: 0 }
  const newest = new Map<string, number>()
  let left = options.limit ?? Infinity
  let isStarted = false
  for (let isAgain = true; isAgain; ) {
    isAgain = false
    for await (const window of windowsOf(scan, options.filter, left, windowSize)) {
      if (!isStarted && !(await options.mayStart(window))) return undefined
      isStarted = true
      const { done, lost } = await replayWindow(scan, window.deadLetters, options, report, newest)
      left -= done
      // Where nothing was done, the same would happen again.
      if (lost.length > 0 && done === 0) return { ...report, notReplayed: [...report.notReplayed, ...lost] }
      if (lost.length > 0) isAgain = true
    }
  }
  return report
}

async function replayWindow(
  scan: Scan,
  deadLetters: DeadLetterMessage[],
  options: WindowsOptions,
  report: WindowsReport,
  newest: Map<string, number>,
) {
  const prepared = prepareReplay(deadLetters, options.salt)
  for (const one of prepared) if (one.kind === 'ready' && isLate(one, newest)) report.late++
  const part = await replay(scan, prepared, options)
  const lost = part.notReplayed.filter(({ isLost }) => isLost)
  const refused = part.notReplayed.filter(({ isLost }) => !isLost)
  // Those whose lease still runs must be visible again, or they would not be read.
  await scan.lease.release(lost.map(({ deadLetter }) => deadLetter.id))
  report.replayed += part.replayed.length
  for (const one of refused) report.notReplayed.push(slim(one))
  for (const one of part.notDeleted) report.notDeleted.push(slim(one))
  return { done: prepared.length - lost.length, lost: lost.map(slim) }
}

/** Whether a later event of the same person was sent in an earlier window. */
function isLate(
  { groupId, receivedAtMs }: { groupId: string; receivedAtMs: number },
  newest: Map<string, number>,
): boolean {
  const before = newest.get(groupId) ?? -Infinity
  newest.set(groupId, Math.max(before, receivedAtMs))
  return receivedAtMs < before
}

function slim<T extends { deadLetter: DeadLetterMessage }>(one: T): T {
  return { ...one, deadLetter: { ...one.deadLetter, body: '' } }
}
