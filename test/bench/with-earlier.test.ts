import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { withEarlier } from '../../tools/bench/with-earlier.ts'

const figure = (name: string, value: number) => ({ name, value, unit: '', detail: '' })

/** A file with the report of a machine. */
function reportOf(machine: string) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'bench.json')
  writeFileSync(file, JSON.stringify({ at: '', machine, figures: [figure('a: x', 1), figure('b: y', 1)] }))
  return file
}

test('a part that is measured again takes the place of its earlier figures', () => {
  const now = [figure('b: y', 2), figure('b: z', 2)]
  const all = withEarlier(now, reportOf('this'), 'this')
  expect(all.map(({ name, value }) => [name, value])).toEqual([
    ['a: x', 1],
    ['b: y', 2],
    ['b: z', 2],
  ])
})

test('figures of another machine do not count, and neither does a report that is not there', () => {
  const now = [figure('b: y', 2)]
  expect(withEarlier(now, reportOf('other'), 'this')).toEqual(now)
  expect(withEarlier(now, '/nowhere/bench.json', 'this')).toEqual(now)
})
