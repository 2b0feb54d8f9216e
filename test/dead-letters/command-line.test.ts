import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { main } from '../../tools/dlq/main.ts'
import { runInProcess } from '../terminal/in-process.ts'

test.each([
  [['replay', '--local'], 'There is no terminal to ask on: use --yes'],
  [['purge', '--local'], 'There is no terminal to ask on: use --yes'],
  [['purge', '--local', '--yes'], 'say --export FILE to write them to a file first, or --without-export'],
  [['purge', '--local', '--yes', '--export', 'x', '--without-export'], 'exclude each other'],
  [['erase', 'u1', '--local'], 'There is no terminal to ask on: use --yes'],
  [
    ['import', 'none.ndjson', '--queue-url', 'http://127.0.0.1/q', '--dlq-url', 'http://127.0.0.1/d'],
    'no such file',
  ],
  [['list'], 'Say which queues: --local, --stack NAME, or'],
  [['list', '--local', '--stack', 'x'], 'Say which queues'],
  [['list', '--queue-url', 'http://127.0.0.1/q'], 'must be used together'],
  [['list', '--stakc', 'x'], 'Did you mean --stack?'],
  [['list', '--local', '--code', 'REJECT'], 'Did you mean REJECTED?'],
  [['list', '--local', '--code', 'conflict', 'zzzzzzz'], 'One of NOT_AN_EVENT'],
  [['reply'], 'Did you mean replay?'],
  [['list', '--local', '--since', 'yesterday'], 'An age (30m, 2h, 3d)'],
  [['replay', '--local', '--rate', '0'], 'A number over 0'],
  [['list', '--local'], 'No local relay runs here'],
])('%j is refused with exit code 2 and advice', async (args, words) => {
  const { code, err, out } = await runInProcess(main, args, { cwd: tmpdir() })
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(words)
})

test('options that npm kept for itself are named, with the two ways to write them', async () => {
  const env = { npm_command: 'run-script', npm_lifecycle_event: 'dlq', npm_config_local: 'true' }
  const { code, err } = await runInProcess(main, ['list'], { cwd: tmpdir(), env })
  expect(code).toBe(2)
  expect(err).toContain('npm kept --local for itself')
  expect(err).toContain('npm run dlq -- … --local, or use npx relay dlq … --local')
  const passed = await runInProcess(main, ['list', '--local'], { cwd: tmpdir(), env })
  expect(passed.err).toContain('No local relay runs here')
})

test('an option of which npm leaves no trace is guessed at where none was given', async () => {
  const env = { npm_command: 'run', npm_lifecycle_event: 'dlq' }
  const { err } = await runInProcess(main, ['list'], { cwd: tmpdir(), env })
  expect(err).toContain('Say which queues')
  expect(err).toContain('Write npm run dlq -- … --local, or npx relay dlq … --local')
  expect((await runInProcess(main, ['list'], { cwd: tmpdir() })).err).not.toContain('npm keeps')
  expect((await runInProcess(main, ['list', '--local'], { cwd: tmpdir(), env })).err).not.toContain(
    'npm keeps',
  )
})

test('the help names the command as it was started', async () => {
  expect((await runInProcess(main, ['--help'])).out).toContain('Usage: npm run dlq --')
  const env = { RELAY_COMMAND: 'npx relay' }
  expect((await runInProcess(main, ['--help'], { env })).out).toContain('Usage: npx relay dlq')
})
