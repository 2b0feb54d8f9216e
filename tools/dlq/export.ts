import type { Filter } from '../dead-letters/filter.ts'
import type { Target } from '../dead-letters/targets.ts'
import { windowsOf } from '../dead-letters/windows.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { createArchive } from './archive-file.ts'
import { audited, deadLetterCount, scanDeadLetters, showLine, warnUnseen, withRelay } from './session.ts'

/** The options of `export`. */
export interface ExportCommand extends Target {
  json?: true | undefined
  limit?: number | undefined
}

/** Writes dead letters with their bodies to a file. They stay in the queue. Returns the exit code. */
export async function exportDeadLetters(
  file: string,
  options: ExportCommand,
  filter: Filter,
  io: CommandIo,
): Promise<number> {
  return withRelay(options, io, async session => {
    const archive = await createArchive(file, io)
    let exported = 0
    try {
      await scanDeadLetters(session, async scan => {
        for await (const { deadLetters } of windowsOf(scan, filter, options.limit)) {
          await archive.add(deadLetters)
          exported += deadLetters.length
        }
        showLine(io, '')
        warnUnseen(await scan.unread(), io)
      })
    } finally {
      await archive.close()
      const selection = audited(session, filter, options.limit)
      await session.audit({ action: 'export', state: 'ended', filter: selection, counts: { exported } })
    }
    const text = options.json
      ? safeJson({ exported }, 'line')
      : `exported ${deadLetterCount(exported)}${file === '-' ? '' : ` to ${file}: it holds personal data`}`
    printLine(file === '-' ? io.err : io.out, text)
    return session.signal.aborted ? 1 : 0
  })
}
