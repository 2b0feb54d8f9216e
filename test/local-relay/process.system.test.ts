import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import { childrenOf, livingOf } from '../system/processes.ts'
import { until } from '../system/relay-harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'kustomer-relay-start-'))
const running = new Set<ChildProcess>()
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** `npm start` in an empty folder, with this environment and nothing of our own. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [resolve('tools/bin/start.ts')], {
    cwd: folder,
    detached: true,
    env: { PATH: process.env.PATH, NO_COLOR: '1', ...env },
  })
  running.add(child)
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', text => (said.out += text))
  child.stderr.setEncoding('utf8').on('data', text => (said.err += text))
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  const url = async () => {
    await until(() => /^relay ready .*$/m.test(said.out), 'the relay is ready')
    return /^relay ready (http:\/\/127\.0\.0\.1:\d+)\/v1\/events$/m.exec(said.out)?.[1] ?? ''
  }
  return { child, said, ended, url }
}

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

it('takes a Ctrl-C, which reaches the whole group, as one end and no crash', async () => {
  const { child, ended, said, url } = start({ PORT: '0' })
  await url()
  const containers = childrenOf(child.pid)
  process.kill(-(child.pid ?? 0), 'SIGINT')
  expect(await ended).toBe(0)
  expect(said.out).not.toContain('is restarted')
  await until(() => livingOf(containers).length === 0, 'the end of its children')
})

it('leaves no process behind when it is killed, not even one that waits for Kustomer', async () => {
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
