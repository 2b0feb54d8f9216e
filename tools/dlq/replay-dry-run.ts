import type { DeadLetterMessage } from '../dead-letters/dead-letter-message.ts'
import { summaryOf } from '../dead-letters/describe.ts'
import type { Filter } from '../dead-letters/filter.ts'
import { predictFailure } from '../dead-letters/predict-failure.ts'
import { prepareReplay } from '../dead-letters/prepare.ts'
import type { NotDone } from '../dead-letters/replay.ts'
import { windowsOf } from '../dead-letters/windows.ts'
import { printLine } from '../terminal/command-io.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { namesOf, printReasons } from './closing.ts'
import { deadLetterTable } from './dead-letter-table.ts'
import type { ReplayCommand } from './replay-command.ts'
import { type Session, scanDeadLetters, showLine } from './session.ts'

/** Shows what a replay would send. Returns the exit code 0. */
export async function dryRun(
  session: Session,
  { json, limit }: ReplayCommand,
  filter: Filter,
): Promise<number> {
  const { out } = session.io
  const { settings } = session.relay
  return scanDeadLetters(session, async scan => {
    const would: DeadLetterMessage[] = []
    const wouldNot: NotDone[] = []
    const wouldFail: NotDone[] = []
    for await (const { deadLetters } of windowsOf(scan, filter, limit))
      for (const one of prepareReplay(deadLetters)) {
        const deadLetter = { ...one.deadLetter, body: '' }
        if (one.kind !== 'ready') wouldNot.push({ deadLetter, why: one.why })
        else {
          would.push(deadLetter)
          const why = settings && predictFailure(one.deadLetter, settings)
          if (why !== undefined) wouldFail.push({ deadLetter, why })
        }
      }
    showLine(session.io, '')
    const read = scan.readIds.size
    const named = namesOf(scan.readIds, wouldNot)
    const refused = namesOf(scan.readIds, wouldFail)
    if (json) {
      const wouldReplay = would.map(deadLetter => summaryOf(deadLetter, Date.now()))
      printLine(out, safeJson({ read, wouldReplay, wouldNotReplay: named, wouldFailAgain: refused }))
      return 0
    }
    if (would.length > 0) printLine(out, `${deadLetterTable(would, scan.readIds, out)}\n`)
    printReasons('would not replay', named, out)
    printReasons('would fail again', refused, out)
    const counts = `read ${read}, would replay ${would.length}, would not replay ${wouldNot.length}`
    printLine(out, settings ? `${counts}, would fail again ${refused.length}` : counts)
    return 0
  })
}
