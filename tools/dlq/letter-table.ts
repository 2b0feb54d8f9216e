import { ageOf } from '../dead-letters/describe.ts'
import { shortIdsOf } from '../dead-letters/ids.ts'
import type { Letter } from '../dead-letters/letter.ts'
import { type Column, table } from '../terminal/terminal.ts'

const columns: Column[] = [
  { title: 'age', isRight: true },
  { title: 'type' },
  { title: 'event', mayShrink: true },
  { title: 'code', style: 'red' },
  { title: 'status' },
  { title: 'reason', mayShrink: true },
  { title: 'id', style: 'cyan' },
]

/** Letters as a table that fits the terminal; `all` are those that ids must tell apart. Nothing in it is personal. */
export function letterTable(letters: Letter[], all: Letter[]): string {
  const ids = shortIdsOf(all)
  const rows = letters.map(letter => [
    ageOf(Math.max(0, Date.now() - letter.failedAtMs) / 1000),
    letter.eventType ?? '–',
    letter.eventName ?? '–',
    letter.code,
    letter.status?.toString() ?? '–',
    letter.reason,
    ids.get(letter.id) ?? letter.id,
  ])
  return table(columns, rows)
}
