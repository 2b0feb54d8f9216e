import { readFileSync, writeFileSync } from 'node:fs'
import { type Figure, holds } from './measure.ts'

const readme = new URL('../../README.md', import.meta.url)
const block = /(<!-- numbers -->\n)[\s\S]*?(<!-- \/numbers -->)/

/** Writes the README's table of numbers, with the machine and the date. */
export function writeNumbers(figures: Figure[], machine: string) {
  const date = new Date().toISOString().slice(0, 10)
  const rows = figures
    .filter(({ bar }) => bar)
    .map(
      figure =>
        `${`| ${figure.name} | ${figure.value.toFixed(2)} ${figure.unit}`.trimEnd()} | ${barOf(figure)} |`,
    )
  const table = ['| what | measured | bar |', '|---|---|---|', ...rows].join('\n')
  const text = `Measured on ${date} with \`npm run bench\` on ${machine}.\n\n${table}\n`
  const before = readFileSync(readme, 'utf8')
  if (!block.test(before)) throw new Error('README.md has no block for the numbers')
  writeFileSync(
    readme,
    before.replace(block, (_, start, end) => `${start}${text}${end}`),
  )
}

function barOf(figure: Figure): string {
  const { bar } = figure
  const text = bar?.atLeast === undefined ? `≤ ${bar?.atMost}` : `≥ ${bar.atLeast}`
  return holds(figure) ? text : `${text}, **falls short**`
}
