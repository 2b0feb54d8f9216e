import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const run = (...argv: string[]) => {
  const all = ['tools/bin/simulate.ts', '--scenario', 'calm', '--minutes', '2', '--json', ...argv]
  const { status, stdout } = spawnSync(process.execPath, all, { encoding: 'utf8' })
  return {
    status,
    lines: stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line)),
  }
}

test('as a program it shows a trace', () => {
  const { status, lines } = run('--seed', '3')
  expect([0, 1]).toContain(status)
  expect(lines[0]).toMatchObject({ what: 'started' })
})

test('several runs at once give the same as one after the other, in order', () => {
  const known = ({ lines }: ReturnType<typeof run>) => lines.map(({ tookMs: _, ...line }) => line)
  const atOnce = known(run('--seeds', '6', '--jobs', '3'))
  expect(atOnce.map(({ seed }) => seed)).toEqual([1, 2, 3, 4, 5, 6])
  expect(atOnce).toEqual(known(run('--seeds', '6', '--jobs', '1')))
})
