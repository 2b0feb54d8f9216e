import type { DeadLetterMessage } from '../dead-letters/dead-letter-message.ts'
import { summaryOf } from '../dead-letters/describe.ts'
import type { Filter } from '../dead-letters/filter.ts'
import { oldestFirst } from '../dead-letters/scan.ts'
import type { Target } from '../dead-letters/targets.ts'
import { windowsOf } from '../dead-letters/windows.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, safe } from '../terminal/terminal.ts'
import { deadLetterTable } from './dead-letter-table.ts'
import { dlqCommand } from './options.ts'
import { deadLetterCount, scanDeadLetters, showLine, warn, warnUnseen, withRelay } from './session.ts'

/** Prints the dead letters, oldest failure first, without personal data. Returns the exit code. */
export async function list(
  options: Target & { json?: true | undefined; limit?: number | undefined },
  filter: Filter,
  io: CommandIo,
): Promise<number> {
  const { out } = io
  return withRelay(options, io, session =>
    scanDeadLetters(session, async scan => {
      const found: DeadLetterMessage[] = []
      for await (const { deadLetters } of windowsOf(scan, filter))
        for (const one of deadLetters) found.push({ ...one, body: '' })
      showLine(io, '')
      const deadLetters = oldestFirst(found).slice(0, options.limit)
      warnUnseen(await scan.unread(), io)
      if (session.signal.aborted) warn(io, 'interrupted: not all dead letters were read')
      if (options.json) {
        const summaries = deadLetters.map(deadLetter => summaryOf(deadLetter, Date.now()))
        printLine(out, safeJson(summaries))
      } else printTable(deadLetters, { readIds: scan.readIds, found }, options, io)
      return session.signal.aborted ? 1 : 0
    }),
  )
}

function printTable(
  deadLetters: DeadLetterMessage[],
  { readIds, found }: { readIds: ReadonlySet<string>; found: DeadLetterMessage[] },
  target: Target,
  io: CommandIo,
) {
  const { out } = io
  if (deadLetters.length > 0) printLine(out, `${deadLetterTable(deadLetters, readIds, out)}\n`)
  const isAll = deadLetters.length === readIds.size
  const shown = isAll ? '' : `, ${deadLetters.length} of them shown`
  printLine(out, `${deadLetterCount(readIds.size)}${codesOf(found)}${shown}`)
  const hint = `${dlqCommand('show ID', target, io)} shows one with its event, and what would help`
  if (deadLetters.length > 0) printLine(out, paint('dim', hint, out))
}

/** The number of dead letters by code, most first; nothing if they all have the same. */
function codesOf(deadLetters: DeadLetterMessage[]): string {
  const byCode = [...Map.groupBy(deadLetters, ({ code }) => code)].sort((a, b) => b[1].length - a[1].length)
  const counts = byCode.map(([code, all]) => `${all.length.toLocaleString('en')} ${safe(code)}`)
  return counts.length > 1 ? ` (${counts.join(', ')})` : ''
}
