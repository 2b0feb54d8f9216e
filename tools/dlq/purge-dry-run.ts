import type { DeadLetterMessage } from '../dead-letters/dead-letter-message.ts'
import { summaryOf } from '../dead-letters/describe.ts'
import type { Filter } from '../dead-letters/filter.ts'
import { windowsOf } from '../dead-letters/windows.ts'
import { printLine } from '../terminal/command-io.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { deadLetterTable } from './dead-letter-table.ts'
import type { PurgeCommand } from './purge-command.ts'
import { type Session, scanDeadLetters, showLine } from './session.ts'

/** Shows what a purge would delete. Returns the exit code 0. */
export async function purgeDryRun(
  session: Session,
  { json, limit }: PurgeCommand,
  filter: Filter,
): Promise<number> {
  const { out } = session.io
  return scanDeadLetters(session, async scan => {
    const chosen: DeadLetterMessage[] = []
    for await (const { deadLetters } of windowsOf(scan, filter, limit))
      for (const one of deadLetters) chosen.push({ ...one, body: '' })
    showLine(session.io, '')
    const read = scan.readIds.size
    if (json) {
      const wouldPurge = chosen.map(one => summaryOf(one, Date.now()))
      printLine(out, safeJson({ read, wouldPurge }))
      return 0
    }
    if (chosen.length > 0) printLine(out, `${deadLetterTable(chosen, scan.readIds, out)}\n`)
    printLine(out, `read ${read}, would purge ${chosen.length}`)
    return 0
  })
}
