import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { childrenOf, descendantsOf, livingOf } from '../system/processes.ts'
import { until } from '../system/relay-harness.ts'
import { startInFolder, startProcess } from './start-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'kustomer-relay-start-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = (env: Record<string, string>) => startInFolder(folder, env)

it.each(['SIGINT', 'SIGTERM'] as const)('ends the whole tree at %s, with exit code 0', async signal => {
  const { child, ended, url } = start({ PORT: '0' })
  expect((await fetch(`${await url()}/health`)).status).toBe(200)
  const containers = childrenOf(child.pid)
  expect(containers).toHaveLength(3)
  child.kill(signal)
  expect(await ended).toBe(0)
  await until(() => livingOf(containers).length === 0, 'the end of its children')
  expect(existsSync(join(folder, '.relay/local.json'))).toBe(false)
})

// npm runs a script in a shell: without `exec` the shell would die of the signal, or keep it to itself.
it.each([
  ['npm', 'SIGINT'],
  ['npm', 'SIGTERM'],
  ["npm's child", 'SIGINT'],
  ["npm's child", 'SIGTERM'],
] as const)('started by npm, ends the whole tree when %s gets %s', async (who, signal) => {
  const home = mkdtempSync(join(tmpdir(), 'npm start '))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  const script = scripts.start.replace('tools/bin/relay.mjs', JSON.stringify(resolve('tools/bin/relay.mjs')))
  writeFileSync(join(home, 'package.json'), JSON.stringify({ scripts: { start: script } }))
  const { child, url } = startProcess('npm', ['start'], home, { PORT: '0' })
  await url()
  const tree = descendantsOf(child.pid)
  expect(tree.length).toBeGreaterThanOrEqual(4)
  process.kill((who === 'npm' ? child.pid : tree[0]) ?? 0, signal)
  await until(() => livingOf([child.pid ?? 0, ...tree]).length === 0, 'the end of the tree')
})

it('handles a Ctrl-C, which reaches the whole group, as one stop and no crash', async () => {
  const { child, ended, said, url } = start({ PORT: '0' })
  await url()
  const containers = childrenOf(child.pid)
  process.kill(-(child.pid ?? 0), 'SIGINT')
  expect(await ended).toBe(0)
  expect(said.out).not.toContain('is restarted')
  await until(() => livingOf(containers).length === 0, 'the end of its children')
})

it('leaves no process running when it is killed, not even one that waits for Kustomer', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const kustomer = { KUSTOMER_BASE_URL: `http://127.0.0.1:${port}`, KUSTOMER_API_KEY: 'k' }
  const { child, url } = start({ PORT: '0', ...kustomer })
  const headers = { authorization: 'Bearer local-secret', 'content-type': 'application/json' }
  const body = JSON.stringify({ type: 'track', userId: 'u', event: 'E' })
  const call = once(silent, 'request')
  await fetch(`${await url()}/v1/events`, { method: 'POST', headers, body })
  await call
  const containers = childrenOf(child.pid)
  expect(containers).toHaveLength(3)
  child.kill('SIGKILL')
  await until(() => livingOf(containers).length === 0, 'the containers to go')
  silent.close()
})
