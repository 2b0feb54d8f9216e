import { createInterface } from 'node:readline'
import type { WriteStream } from 'node:tty'
import { styleText } from 'node:util'

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

/** Safe text in a style, where the stream is a terminal that shows colours; plain elsewhere and under `NO_COLOR`. */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(style, text, { stream })
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
 * Rows under their titles, one line a row, no line wider than `width` (the terminal's; endless where there is none).
 * Cells may hold anything: they are made safe here. What does not fit ends in `…`.
 */
export function table(columns: Column[], rows: string[][], width = process.stdout.columns || Infinity) {
  const cells = rows.map(row => row.map(safe))
  const widths = widthsOf(columns, cells, width - gap.length * (columns.length - 1))
  const line = (row: string[], style: (column: Column) => Style | undefined) =>
    columns.map((column, i) => cell(row[i] ?? '', widths[i] ?? 0, column.isRight, style(column))).join(gap)
  return [
    line(
      columns.map(c => c.title),
      () => 'bold',
    ),
    ...cells.map(row => line(row, c => c.style)),
  ].join('\n')
}

/**
 * A progress bar on standard error while `total` things are done; silent where that is no terminal.
 * `close` wipes the line: the closing report is the caller's.
 */
export function progress(total: number, what: string, stream: WriteStream = process.stderr) {
  const size = 24
  return {
    update(done: number) {
      const full = total === 0 ? size : Math.round((Math.min(done, total) / total) * size)
      const bar = paint('cyan', '━'.repeat(full), stream) + paint('dim', '─'.repeat(size - full), stream)
      if (stream.isTTY) stream.write(`\r\x1b[K${bar} ${done}/${total} ${what}`)
    },
    close() {
      if (stream.isTTY) stream.write('\r\x1b[K')
    },
  }
}

/** Whether there is a person who could answer a question. */
export function mayAsk(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY)
}

/** A question on standard error; true only for `y` or `yes`. Ctrl-C, Ctrl-D and an abort are a no. Never throws. */
export function ask(question: string, signal?: AbortSignal): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise<boolean>(resolve => {
    const end = () => reader.close()
    reader.on('SIGINT', end).on('close', () => resolve(false))
    signal?.addEventListener('abort', end, { once: true })
    reader.question(`${question} ${paint('dim', '[y/N]', process.stderr)} `, answer => {
      resolve(/^y(es)?$/i.test(answer.trim()))
      reader.close()
    })
  })
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

function cell(text: string, width: number, isRight = false, style?: Style) {
  const deadLetters = [...text]
  const shown = deadLetters.length > width ? `${deadLetters.slice(0, width - 1).join('')}…` : text
  const pad = ' '.repeat(Math.max(0, width - deadLetters.length))
  const painted = style ? paint(style, shown) : shown
  return isRight ? pad + painted : painted + pad
}
