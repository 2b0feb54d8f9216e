import type { DeadLetterMessage } from '../dead-letters/dead-letter-message.ts'
import { ageOf } from '../dead-letters/describe.ts'
import { shortIdsOf } from '../dead-letters/ids.ts'
import type { Output } from '../terminal/command-io.ts'
import { type Column, table } from '../terminal/terminal.ts'

const columns: Column[] = [
  { title: 'age', isRight: true },
  { title: 'type' },
  { title: 'event', mayShrink: 'first' },
  { title: 'code', style: 'red' },
  { title: 'status' },
  { title: 'replays', isRight: true },
  { title: 'reason', mayShrink: true },
  { title: 'id', style: 'cyan' },
]

/** Returns a table of dead letters that fits the terminal. Short ids are unique among `all` ids. It has no personal data. */
export function deadLetterTable(
  deadLetters: DeadLetterMessage[],
  all: Iterable<string>,
  output: Output,
): string {
  const ids = shortIdsOf(all)
  const isReplayed = deadLetters.some(({ replays = 0 }) => replays > 0)
  const rows = deadLetters.map(deadLetter => [
    ageOf(Math.max(0, Date.now() - deadLetter.failedAtMs) / 1000),
    deadLetter.eventType ?? '–',
    deadLetter.eventName ?? '–',
    deadLetter.code,
    deadLetter.status?.toString() ?? '–',
    deadLetter.replays ? String(deadLetter.replays) : '–',
    deadLetter.reason,
    ids.get(deadLetter.id) ?? deadLetter.id,
  ])
  // Most dead letters were never replayed: then the column would only take place from the reason.
  const isShown = (_: unknown, i: number) => columns[i]?.title !== 'replays' || isReplayed
  return table(
    columns.filter(isShown),
    rows.map(row => row.filter(isShown)),
    output,
  )
}
