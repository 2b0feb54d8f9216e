import { expect, it } from 'vitest'
import { main } from '../../tools/local-relay/main.ts'
import { runInProcess } from '../terminal/in-process.ts'

it('lists every wrong setting at once, with exit code 2 and no stack trace', async () => {
  const env = { PORT: '65536', WORKER_CONCURRENCY: '0', KUSTOMER_BASE_URL: 'http://example.com' }
  const { code, out, err } = await runInProcess(main, [], { env })
  expect([code, out]).toEqual([2, ''])
  const names = err
    .trim()
    .split('\n')
    .map(line => line.split(':')[0])
  expect(names).toEqual(['PORT', 'WORKER_CONCURRENCY', 'KUSTOMER_BASE_URL', 'KUSTOMER_API_KEY'])
})

it('takes no arguments', async () => {
  const { code, out, err } = await runInProcess(main, ['8080'])
  expect([code, out, err]).toEqual([2, '', expect.stringContaining('too many arguments')])
})
