import { readFileSync, writeFileSync } from 'node:fs'
import { type Figure, holds } from './measure.ts'

const readme = new URL('../../README.md', import.meta.url)
const block = /(<!-- numbers -->\n)[\s\S]*?(<!-- \/numbers -->)/

/** Writes the README's table of numbers, with the machine and the date. */
export function writeNumbers(figures: Figure[], machine: string) {
  const date = new Date().toISOString().slice(0, 10)
  const groups = Map.groupBy(
    figures.filter(({ bar }) => bar),
    ({ name }) => name.split(': ')[0] ?? name,
  )
  const rows = [...groups].map(([part, group]) => `| ${part} | ${group.map(inWords).join('; ')} |`)
  const table = ['| part | measured (bar) |', '|---|---|', ...rows].join('\n')
  const text = `Measured on ${date} with \`npm run bench\` on ${machine}.\n\n${table}\n`
  const before = readFileSync(readme, 'utf8')
  if (!block.test(before)) throw new Error('README.md has no block for the numbers')
  writeFileSync(
    readme,
    before.replace(block, (_, start, end) => `${start}${text}${end}`),
  )
}

function inWords(figure: Figure): string {
  const { name, value, unit, bar } = figure
  const limit = bar?.atLeast === undefined ? `≤ ${bar?.atMost}` : `≥ ${bar.atLeast}`
  const what = name.slice(name.indexOf(': ') + 2)
  return `${what} ${`${value.toFixed(2)} ${unit}`.trim()} (${limit}${holds(figure) ? '' : ', **falls short**'})`
}
