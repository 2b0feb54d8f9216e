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
  [['reply'], 'Did you mean replay?'],
  [['list', '--local', '--since', 'yesterday'], 'An age (30m, 2h, 3d)'],
  [['replay', '--local', '--rate', '0'], 'A number over 0'],
  [['list', '--local'], 'No local relay runs here'],
])('%j is refused with exit code 2 and advice', async (args, words) => {
  const { code, err, out } = await runInProcess(main, args, { cwd: tmpdir() })
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(words)
})
