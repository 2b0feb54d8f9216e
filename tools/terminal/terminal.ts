import { styleText } from 'node:util'
import type { Output } from './command-io.ts'

/** A style of `util.styleText`, or several. */
export type Style = Parameters<typeof styleText>[0]

/** A column of a table. Where the terminal is too narrow, those that may shrink are cut first. */
export interface Column {
  title: string
  isRight?: boolean
  mayShrink?: boolean
  style?: Style
}

const [minShrunk, gap] = [8, '  ']

/** Text in a style where the output shows colours, else plain. The text must be safe. */
export function paint(style: Style, text: string, { hasColors }: Pick<Output, 'hasColors'>): string {
  return hasColors ? styleText(style, text, { validateStream: false }) : text
}

/**
 * The text as a terminal may show it: what could move the cursor, colour, hide or reverse (control and format
 * characters, line separators, halves of a pair) becomes `\uXXXX`, which is also how JSON writes it.
 */
export function safe(text: string): string {
  const code = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return text.replace(/(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, found =>
    found.split('').map(code).join(''),
  )
}

/** A value as indented JSON that a terminal may show; still JSON of the same value. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value, null, 2).split('\n').map(safe).join('\n')
}

/**
 * Rows under their titles, one line a row, no line wider than the output. Cells may hold anything: they are made safe
 * here. What does not fit ends in `…`.
 */
export function table(columns: Column[], rows: string[][], output: Pick<Output, 'columns' | 'hasColors'>) {
  const cells = rows.map(row => row.map(safe))
  const widths = widthsOf(columns, cells, output.columns - gap.length * (columns.length - 1))
  const line = (row: string[], style: (column: Column) => Style | undefined) =>
    columns
      .map((column, i) => {
        const own = style(column)
        const painted = (text: string) => (own ? paint(own, text, output) : text)
        return cell(row[i] ?? '', widths[i] ?? 0, column.isRight, painted)
      })
      .join(gap)
  return [
    line(
      columns.map(c => c.title),
      () => 'bold',
    ),
    ...cells.map(row => line(row, c => c.style)),
  ].join('\n')
}

/**
 * A progress bar while `total` things are done; silent where the output is no terminal.
 * `close` wipes the line: the closing report is the caller's.
 */
export function progress(total: number, what: string, output: Output) {
  const size = 24
  return {
    update(done: number) {
      const full = total === 0 ? size : Math.round((Math.min(done, total) / total) * size)
      const bar = paint('cyan', '━'.repeat(full), output) + paint('dim', '─'.repeat(size - full), output)
      if (output.isTerminal) output.write(`\r\x1b[K${bar} ${done}/${total} ${what}`)
    },
    close() {
      if (output.isTerminal) output.write('\r\x1b[K')
    },
  }
}

function widthsOf(columns: Column[], cells: string[][], available: number) {
  const longest = (i: number, least: number) =>
    cells.reduce((width, row) => Math.max(width, [...(row[i] ?? '')].length), least)
  const widths = columns.map((c, i) => Math.max(1, Math.min(longest(i, c.title.length), available)))
  const shrink = (indexes: number[], least: number) => {
    for (let excess = widths.reduce((a, b) => a + b, 0) - available; excess > 0; excess--) {
      const widest = indexes.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0]
      if (widest !== undefined) widths[widest] = Math.max(least, (widths[widest] ?? 0) - 1)
    }
  }
  shrink(
    columns.flatMap((column, i) => (column.mayShrink ? [i] : [])),
    minShrunk,
  )
  shrink([...columns.keys()], 1)
  return widths
}

function cell(text: string, width: number, isRight = false, painted: (text: string) => string) {
  const characters = [...text]
  const shown = characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : text
  const pad = ' '.repeat(Math.max(0, width - characters.length))
  return isRight ? pad + painted(shown) : painted(shown) + pad
}
