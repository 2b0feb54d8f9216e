import type { EventTrace } from '../../local-relay/event-trace.ts'
import { createLedger } from '../../local-relay/ledger.ts'
import { type LogLine, loggedNote } from './log-notes.ts'

/**
 * Returns the traces of the events that some lines of the worker's log are about, oldest first. The lines may be in any
 * order. A call belongs to the next decision about its event.
 */
export function tracesFromLog(lines: LogLine[]): EventTrace[] {
  let now = 0
  const ledger = createLedger(() => now)
  const notes = lines.flatMap(line => loggedNote(line) ?? []).sort((a, b) => a.at - b.at)
  for (const { at, note } of notes) {
    now = at
    ledger.note(note)
  }
  return ledger.traces()
}
