import { expect, it } from 'vitest'
import { ConfigError } from '../../lib/errors.ts'
import { readEnvironment } from '../../tools/local-relay/environment.ts'
import { main } from '../../tools/local-relay/main.ts'
import { runInProcess } from '../terminal/in-process.ts'

it('lists every wrong setting at once, with exit code 2 and no stack trace', async () => {
  const env = { PORT: '65536', WORKER_CONCURRENCY: '0', KUSTOMER_BASE_URL: 'http://example.com' }
  const { code, out, err } = await runInProcess(main, [], { env })
  expect([code, out]).toEqual([2, ''])
  const names = err
    .trim()
    .split('\n')
    .map(line => line.split(': ')[1])
  expect(names).toEqual(['PORT', 'WORKER_CONCURRENCY', 'KUSTOMER_BASE_URL', 'KUSTOMER_API_KEY'])
})

it('takes no arguments', async () => {
  const { code, out, err } = await runInProcess(main, ['8080'])
  expect([code, out, err]).toEqual([2, '', expect.stringContaining('too many arguments')])
})

it.each([
  ['a host that is not Kustomer’s', 'https://proxy.example', {}, ['KUSTOMER_BASE_URL']],
  ['the same, allowed', 'https://proxy.example', { ALLOW_OTHER_HOSTS: 'true' }, []],
  ['a host of Kustomer', 'https://api.prod2.kustomerapp.com', {}, []],
  ['a host of this machine', 'http://127.0.0.1:4000', {}, []],
])('refuses %s or not: %s', (_, url, allowed, expected) => {
  const env = { KUSTOMER_BASE_URL: url, KUSTOMER_API_KEY: 'k', ...allowed }
  expect(namesOf(() => readEnvironment(env))).toEqual(expected)
})

function namesOf(read: () => unknown): string[] {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ path }) => path)
    throw error
  }
}

it('shows the values that are wrong, but never those of a secret', () => {
  const env = { PORT: '80000', KUSTOMER_SHARE: '7', WEBHOOK_SECRET: 'my secret', KUSTOMER_API_KEY: 'my key' }
  const found = issuesOf(() => readEnvironment(env))
  expect(found.find(({ path }) => path === 'PORT')?.got).toBe('"80000"')
  expect(found.find(({ path }) => path === 'KUSTOMER_SHARE')?.got).toBe('"7"')
  expect(found.map(({ path }) => path)).toContain('WEBHOOK_SECRET')
  expect(JSON.stringify(found)).not.toMatch(/my secret|my key/)
})

function issuesOf(read: () => unknown) {
  try {
    read()
  } catch (error) {
    if (error instanceof ConfigError) return error.issues
    throw error
  }
  return []
}
