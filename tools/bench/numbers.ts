import { readFileSync, writeFileSync } from 'node:fs'
import { costTable } from './cost-table.ts'
import { type Figure, holds } from './measure.ts'

/** The parts whose figures are in the README. All are in docs/numbers.md. */
const shown = ['start', 'ingest', 'calls', 'cost', 'others', 'drain']

/**
 * Writes the figures into the documents, with the machine and the date: the README's table, docs/numbers.md, and
 * docs/cost.md.
 */
export function writeNumbers(figures: Figure[], machine: string): void {
  const date = new Date().toISOString().slice(0, 10)
  const measured = `Measured on ${date} with \`npm run bench\` on ${machine}.`
  const groups = [...Map.groupBy(figures, partOf)]
  const rows = groups.filter(([part]) => shown.includes(part)).map(row)
  writeBlock(
    'README.md',
    'numbers',
    `${measured} [All figures](docs/numbers.md).\n\n| part | measured (bar) |\n|---|---|\n${rows.join('\n')}`,
  )
  const all = figures.map(
    ({ name, value, unit, detail, bar }) =>
      `| ${name} | ${`${value.toFixed(2)} ${unit}`.trim()} | ${bar ? barOf({ bar }) : ''} | ${detail} |`,
  )
  const header = '| figure | measured | bar | details |\n|---|---|---|---|'
  writeBlock('docs/numbers.md', 'numbers', `${measured}\n\n${header}\n${all.join('\n')}`)
  const sum = figures.find(({ name }) => name === 'cost: a million events')
  if (!sum) return
  writeBlock('docs/cost.md', 'cost', costTable(figures))
  writeBlock('docs/cost.md', 'units', sum.detail)
  const days = Object.entries(sum.parts ?? {}).map(([day, dollars]) => `${day} $${dollars.toFixed(2)}`)
  const mean = `$${sum.value.toFixed(2)} for a million events, the mean of three kinds of days (${days.join(', ')})`
  writeBlock('README.md', 'cost', mean)
}

function partOf({ name }: Figure): string {
  return name.split(': ')[0] ?? name
}

function row([part, group]: [string, Figure[]]): string {
  const words = group.filter(({ bar }) => bar).map(inWords)
  return `| ${part} | ${words.join('; ')} |`
}

function inWords(figure: Figure): string {
  const { name, value, unit } = figure
  const what = name.slice(name.indexOf(': ') + 2)
  return `${what} ${`${value.toFixed(2)} ${unit}`.trim()} (${barOf(figure)}${holds(figure) ? '' : ', **falls short**'})`
}

function barOf({ bar }: Pick<Figure, 'bar'>): string {
  return bar?.atLeast === undefined ? `≤ ${bar?.atMost}` : `≥ ${bar.atLeast}`
}

/** Replaces what is between the markers of a block, which may be in one line. @throws Error if the document has no such block. */
function writeBlock(document: string, block: string, text: string): void {
  const path = new URL(`../../${document}`, import.meta.url)
  const before = readFileSync(path, 'utf8')
  const found = new RegExp(`(<!-- ${block} -->)(\\n?)[\\s\\S]*?(<!-- /${block} -->)`)
  if (!found.test(before)) throw new Error(`${document} has no block ${block}`)
  writeFileSync(
    path,
    before.replace(found, (_, start, line, end) => `${start}${line}${text}${line}${end}`),
  )
}
