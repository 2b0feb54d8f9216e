import { styleText } from 'node:util'
import stringWidth from 'string-width'
import type { Output } from './command-io.ts'
import { wrap } from './wrap.ts'

/** A style of `util.styleText`, or several. */
export type Style = Parameters<typeof styleText>[0]

/** A column of a table. If the terminal is too narrow, columns with `mayShrink` become narrower first. */
export interface Column {
  title: string
  isRight?: boolean
  /** `first`: before the others, down to 24 columns. */
  mayShrink?: boolean | 'first'
  style?: Style
}

const [firstShrunk, minShrunk, gap] = [24, 8, '  ']

/** Returns text in a style if the output has colours, otherwise plain. The text must be safe to print. */
export function paint(style: Style, text: string, { hasColors }: Pick<Output, 'hasColors'>): string {
  return hasColors ? styleText(style, text, { validateStream: false }) : text
}

/**
 * Returns a text that is safe to print on a terminal. Control and format characters, line separators and lone
 * surrogates could move the cursor or change, hide or reverse text: they become `\uXXXX`, as in JSON.
 */
export function safe(text: string): string {
  const code = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return text.replace(/(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, found =>
    found.split('').map(code).join(''),
  )
}

/**
 * Returns a table: a line with the titles, then the rows. No line is wider than the output. Cells are made safe to print.
 * A cell that does not fit is continued below, so that nothing is lost.
 */
export function table(columns: Column[], rows: string[][], output: Pick<Output, 'columns' | 'hasColors'>) {
  const cells = rows.map(row => row.map(safe))
  const widths = widthsOf(columns, cells, output.columns - gap.length * (columns.length - 1))
  const lines = (row: string[], style: (column: Column) => Style | undefined) => {
    const wrapped = columns.map((_, i) => wrap(row[i] ?? '', widths[i] ?? 1))
    const height = Math.max(...wrapped.map(({ length }) => length))
    return Array.from({ length: height }, (_, n) =>
      columns
        .map((column, i) => {
          const own = style(column)
          const painted = (text: string) => (own && text ? paint(own, text, output) : text)
          return cell(wrapped[i]?.[n] ?? '', widths[i] ?? 1, column.isRight, painted)
        })
        .join(gap)
        .trimEnd(),
    )
  }
  const titles = columns.map(column => column.title)
  return [...lines(titles, () => 'bold'), ...cells.flatMap(row => lines(row, c => c.style))].join('\n')
}

/**
 * Creates a progress bar for `total` items, with the time that is left. It prints nothing if the output is not a
 * terminal. `close` clears the line. `now` is a clock in milliseconds.
 */
export function progress(total: number, what: string, output: Output, now = Date.now) {
  const size = 24
  const startMs = now()
  return {
    /** `note` is shown in place of the time that is left. */
    update(done: number, note?: string) {
      const full = total === 0 ? size : Math.round((Math.min(done, total) / total) * size)
      const bar = paint('cyan', '━'.repeat(full), output) + paint('dim', '─'.repeat(size - full), output)
      const left = note ?? timeLeft(done, total, now() - startMs)
      if (output.isTerminal) output.write(`\r\x1b[K${bar} ${done}/${total} ${what}${left}`)
    },
    close() {
      if (output.isTerminal) output.write('\r\x1b[K')
    },
  }
}

/** Nothing is said in the first five seconds: an estimate from a few items is worth nothing. */
function timeLeft(done: number, total: number, ms: number): string {
  if (ms < 5_000 || done === 0 || done >= total) return ''
  const seconds = Math.ceil(((ms / done) * (total - done)) / 1000)
  if (seconds < 90) return `, about ${seconds} s left`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `, about ${minutes} min left` : `, about ${(minutes / 60).toFixed(1)} h left`
}

function widthsOf(columns: Column[], cells: string[][], available: number) {
  const longest = (i: number, least: number) =>
    cells.reduce((width, row) => Math.max(width, stringWidth(row[i] ?? '')), least)
  const widths = columns.map((c, i) => Math.max(1, Math.min(longest(i, c.title.length), available)))
  const shrink = (indexes: number[], least: number) => {
    for (let excess = widths.reduce((a, b) => a + b, 0) - available; excess > 0; excess--) {
      const widest = indexes.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0]
      const width = widths[widest ?? -1] ?? 0
      if (widest === undefined || width <= least) return
      widths[widest] = width - 1
    }
  }
  const those = (isMeant: (column: Column) => boolean) => columns.flatMap((c, i) => (isMeant(c) ? [i] : []))
  shrink(
    those(({ mayShrink }) => mayShrink === 'first'),
    firstShrunk,
  )
  shrink(
    those(({ mayShrink }) => Boolean(mayShrink)),
    minShrunk,
  )
  shrink([...columns.keys()], 1)
  return widths
}

function cell(text: string, width: number, isRight = false, painted: (text: string) => string) {
  const pad = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return isRight ? pad + painted(text) : painted(text) + pad
}
