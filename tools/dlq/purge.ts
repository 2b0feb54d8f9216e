import type { Filter } from '../dead-letters/filter.ts'
import { purge } from '../dead-letters/purge.ts'
import type { NotDone } from '../dead-letters/replay.ts'
import type { Scan } from '../dead-letters/scan.ts'
import { windowsOf } from '../dead-letters/windows.ts'
import { ask, mayAsk } from '../terminal/ask.ts'
import type { CommandIo } from '../terminal/command-io.ts'
import { progress } from '../terminal/terminal.ts'
import { type ArchiveFile, createArchive } from './archive-file.ts'
import { closeWith, namesOf } from './closing.ts'
import type { PurgeCommand } from './purge-command.ts'
import { purgeDryRun } from './purge-dry-run.ts'
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

/** Deletes dead letters permanently and prints the result. Returns the exit code: 1 if one could not be deleted. */
export async function purgeDeadLetters(
  options: PurgeCommand,
  filter: Filter,
  io: CommandIo,
): Promise<number> {
  if (options.dryRun) return withRelay(options, io, session => purgeDryRun(session, options, filter))
  requireAnswer(io, options.yes)
  const exportFile = exportFileOf(options, io)
  return withRelay(options, io, session =>
    scanDeadLetters(session, scan =>
      purgeSelected(scan, session, { ...options, export: exportFile }, filter),
    ),
  )
}

/** Where the dead letters are written first. On a terminal there is a default, which the question names. */
function exportFileOf({ export: file, withoutExport }: PurgeCommand, io: CommandIo): string | undefined {
  if (file === '-')
    throw new Error('Deleted dead letters cannot be restored: name a file, not standard output')
  if (file && withoutExport) throw new Error('--export and --without-export exclude each other')
  if (file || withoutExport) return file
  if (mayAsk(io)) return `dead-letters-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.ndjson`
  throw new Error(
    'Deleted dead letters cannot be restored: say --export FILE to write them to a file first, or --without-export',
  )
}

async function purgeSelected(
  scan: Scan,
  session: Session,
  options: PurgeCommand,
  filter: Filter,
): Promise<number> {
  const { io, signal, audit } = session
  const selection = audited(session, filter, options.limit)
  const notPurged: NotDone[] = []
  let purged = 0
  let bar: ReturnType<typeof progress> | undefined
  let archive: ArchiveFile | undefined
  try {
    for await (const { deadLetters, isLast } of windowsOf(scan, filter, options.limit)) {
      if (!bar) {
        showLine(io, '')
        const unread = await scan.unread()
        if (isLast) warnUnseen(unread, io)
        const total = isLast ? deadLetters.length : scan.readIds.size + unread
        if (total > 0 && !(await isGo(total, isLast, scan, session, options))) return signal.aborted ? 1 : 0
        bar = progress(total, 'purged', io.err)
        if (options.export) archive = await createArchive(options.export, io)
        await audit({ action: 'purge', state: 'begun', filter: selection })
      }
      await archive?.add(deadLetters)
      const before = purged + notPurged.length
      const part = await purge(scan, deadLetters, { signal, onProgress: done => bar?.update(before + done) })
      purged += part.purged.length
      for (const one of part.notPurged)
        notPurged.push({ ...one, deadLetter: { ...one.deadLetter, body: '' } })
    }
  } finally {
    await archive?.close()
    if (bar) {
      bar.close()
      const counts = { purged, notPurged: notPurged.length }
      await audit({ action: 'purge', state: 'ended', filter: selection, counts })
    }
  }
  const code = closeWith(
    [
      ['read', scan.readIds.size],
      ['purged', purged],
      ['not purged', namesOf(scan.readIds, notPurged)],
    ],
    options.json,
    io.out,
  )
  return signal.aborted ? 1 : code
}

async function isGo(
  total: number,
  isLast: boolean,
  scan: Scan,
  { io, signal }: Session,
  { yes, export: file }: PurgeCommand,
): Promise<boolean> {
  if (yes) return true
  const what = isLast
    ? `${deadLetterCount(total)} of ${scan.readIds.size.toLocaleString('en')}`
    : `the selected ones of about ${deadLetterCount(total)}`
  const isYes = await ask(
    io,
    file ? `Write ${what} to ${file}, then delete them?` : `Delete ${what} permanently?`,
    signal,
  )
  if (!isYes) warn(io, 'Nothing was purged.')
  return isYes
}
