import { describe, expect, test } from 'vitest'
import { main } from '../../tools/simulation/main.ts'
import { runInProcess } from '../terminal/in-process.ts'

/** Runs the command line in this process: the exit code and what was written. */
async function run(...argv: string[]) {
  const { code, out, err } = await runInProcess(main, argv)
  return { exitCode: code, out, err }
}
const short = ['--minutes', '2', '--scenario', 'calm', '--jobs', '1']

describe('seeds', () => {
  test('each is a line of JSON, and the exit code says whether all hold', async () => {
    const { exitCode, out } = await run(...short, '--seeds', '3', '--from', '5', '--json')
    const lines = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(lines.map(({ scenario, seed }) => [scenario, seed])).toEqual([
      ['calm', 5],
      ['calm', 6],
      ['calm', 7],
    ])
    expect(exitCode).toBe(lines.some(({ broken }) => broken.length > 0) ? 1 : 0)
  })

  test('when every property holds, it says so', async () => {
    const { exitCode, out } = await run(...short, '--seeds', '2')
    expect([exitCode, out]).toEqual([0, expect.stringContaining('every property holds')])
  })
})

test('one seed shows its trace, and twice the same', async () => {
  const once = await run(...short, '--seed', '3', '--shrink', '0')
  expect(once.out).toMatch(/rudderstack +post +marks=m1 status=202/)
  expect(await run(...short, '--seed', '3', '--shrink', '0')).toEqual(once)
  const { out } = await run(...short, '--seed', '3', '--json')
  expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({ who: 'ingest-1', what: 'started' })
})

test('a question is answered in words and as JSON', async () => {
  const small = ['what-if', '--events', '30', '--people', '5', '--over', '1h', '--outage', '10m']
  expect((await run(...small)).out).toContain('time to drain')
  const { exitCode, out } = await run(...small, '--json')
  expect(exitCode).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ delivered: 30, waiting: 0 })
})

test('wrong arguments end with 2 and say what is right', async () => {
  const unknown = await run('--scenario', 'nothing')
  expect(unknown.exitCode).toBe(2)
  expect(unknown.err).toContain('One of all, calm, mixed')
  const wrong = await run('--seeds', 'many')
  expect([wrong.exitCode, wrong.err]).toEqual([2, expect.stringContaining('A whole number from 1')])
  const duration = await run('what-if', '--over', 'long')
  expect([duration.exitCode, duration.err]).toEqual([
    2,
    expect.stringContaining('simulate -- what-if --help'),
  ])
  const help = await run('--help')
  expect([help.exitCode, help.out]).toEqual([0, expect.stringContaining('Exit codes:')])
})
