import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { main as demo } from '../../tools/demo/main.ts'
import { main as start } from '../../tools/local-relay/main.ts'
import { until } from '../system/relay-harness.ts'
import { type Ended, runInProcess } from '../terminal/in-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'kustomer-relay-start-'))
const interruption = new AbortController()
const env = { PORT: '0', WEBHOOK_SECRET: `it's"$HOME`, KUSTOMER_REQUESTS_PER_MINUTE: '100000' }
let out = ''
let ended: Promise<Ended>

beforeAll(async () => {
  ended = runInProcess(start, [], {
    ...{ cwd: folder, env, interruption: interruption.signal },
    onOut: text => {
      out += text
    },
  })
  await until(
    () => out.includes('npm run demo'),
    () => `the relay to be ready: ${out}`,
  )
})
afterAll(async () => {
  interruption.abort()
  await ended
  rmSync(folder, { recursive: true, force: true })
})

const port = () => /^relay ready http:\/\/127\.0\.0\.1:(\d+)\/v1\/events$/m.exec(out)?.[1] ?? ''
const hasCurl = spawnSync('curl', ['--version']).status === 0

it.skipIf(!hasCurl)('prints a working curl command, also with quotes in the secret', async () => {
  const curl = out.slice(out.indexOf('curl '), out.indexOf('console'))
  const shell = spawn('sh', ['-s'], { stdio: ['pipe', 'pipe', 'ignore'] })
  shell.stdin.end(curl)
  expect(await text(shell.stdout)).toContain('"queued"')
  await until(() => /^POST \/v1\/tracking\/identityEvent +201 +track Order Completed/m.test(out), 'the call')
})

it('reports in one line that its port is in use, and does not affect the running relay', async () => {
  const file = () => readFileSync(join(folder, '.relay/local.json'), 'utf8')
  const before = file()
  const second = await runInProcess(start, [], { cwd: folder, env: { PORT: port() } })
  const err = `error: port ${port()} is in use; choose another: PORT=8788 npm start\n`
  expect(second).toEqual({ code: 1, out: '', err })
  expect(file()).toBe(before)
})

it('runs the demo to the end, twice', async () => {
  for (const told of ['52 of 52 events delivered', 'delivered, 6 changed nothing and needed no call']) {
    const { code, out } = await runInProcess(demo, [], { cwd: folder, env })
    expect(code).toBe(0)
    expect(out).toContain(`${told}, 0 dead letters`)
    expect(out).toMatch(/^Maria Lindqvist {2}maria$/m)
  }
  const { code, out } = await runInProcess(demo, ['--json'], { cwd: folder, env })
  expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ sent: 52, dead: [], leftOut: [] })])
})

it('refuses a demo with another secret', async () => {
  const { code, err } = await runInProcess(demo, [], { cwd: folder })
  expect([code, err]).toEqual([2, expect.stringContaining('set WEBHOOK_SECRET to the same value')])
})

it('ends with 0 when it is interrupted, and is not found afterwards', async () => {
  interruption.abort()
  expect((await ended).code).toBe(0)
  const { code, err } = await runInProcess(demo, [], { cwd: folder })
  expect([code, err]).toEqual([2, expect.stringMatching(/no relay|does not answer/)])
})
