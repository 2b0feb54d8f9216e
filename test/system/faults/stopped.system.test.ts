import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildApp } from 'fauxqs'
import { expect, onTestFinished, test } from 'vitest'
import { startKustomerStandIn } from '../../../tools/kustomer-stand-in/server.ts'
import { account, storedIn } from '../../../tools/soak/account.ts'
import { quick, quiet, startTestRelay, step, until } from '../relay-harness.ts'

const people = Array.from({ length: 10 }, (_, i) => `Person${i}`)
const round = (n: number) => people.map(person => step(person, n))
const load = [1, 2, 3, 4, 5, 6].flatMap(round)

async function slowKustomer() {
  const standIn = await startKustomerStandIn({ ...quick.standIn, latencyMs: 20 })
  onTestFinished(() => standIn.close())
  return standIn
}

// Child processes are found in /proc.
test.skipIf(process.platform !== 'linux')(
  'SIGTERM under load: `npm start` ends with 0, leaves no process, and sends no more requests',
  async () => {
    const standIn = await slowKustomer()
    const folder = mkdtempSync(join(tmpdir(), 'relay-stopped-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const { child, url } = await npmStart(folder, standIn.url)
    const posted = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { authorization: 'Bearer local-secret' },
      body: JSON.stringify(load.map(({ event }) => event)),
    })
    expect(posted.status).toBe(202)
    await until(() => standIn.events().length >= 10, 'the load to be on its way')
    const family = childrenOf(child.pid)
    expect(family).toHaveLength(3)

    child.kill('SIGTERM')
    await until(() => child.exitCode !== null || child.signalCode !== null, 'the end')
    expect(child.exitCode).toBe(0)
    await until(() => !family.some(isAlive), 'the end of its children')
    expect(existsSync(join(folder, '.relay', 'local.json'))).toBe(false)

    const asked = standIn.requests.length
    const { doubled, disordered } = account(load, storedIn(standIn.requests), [])
    expect({ doubled, disordered }).toEqual({ doubled: [], disordered: [] })
    expect(standIn.events().length).toBeLessThan(load.length)
    expect(standIn.requests).toHaveLength(asked)
  },
)

test('stopped under load and started again with the same queue: nothing is lost, and the order is kept', async () => {
  const standIn = await slowKustomer()
  const app = buildApp({ logger: false })
  let open = 0
  app.addHook('preHandler', async () => void open++)
  app.addHook('onSend', async () => void open--)
  const sqsEndpoint = await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => void app.close())
  const options = { sqsEndpoint }
  const first = await startTestRelay(options, standIn)
  await first.send(...load)
  await until(() => standIn.events().length >= 10, 'the load to be on its way')
  await first.close()
  // The emulator does not notice that a poll was given up: until it ends, it takes messages for nobody.
  await until(() => open === 0, 'the end of the first relay’s polls')
  const before = standIn.events().length
  expect(before).toBeLessThan(load.length)

  const second = await startTestRelay(options, standIn)
  onTestFinished(second.close)
  await second.release()
  await quiet(second.relay)
  const { lost, doubled, disordered, delivered } = account(load, storedIn(standIn.requests), [])
  expect({ lost, disordered, delivered }).toEqual({ lost: [], disordered: [], delivered: load.length })
  // Only events that the workers were processing: one batch for each worker.
  expect(doubled.length).toBeLessThanOrEqual(20)
})

async function npmStart(folder: string, kustomerUrl: string) {
  // What `npm start` runs, in a folder of its own: `node tools/bin/start.ts`.
  const child = spawn(process.execPath, [resolve('tools/bin/start.ts')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      KUSTOMER_BASE_URL: kustomerUrl,
      KUSTOMER_API_KEY: 'local-key',
      KUSTOMER_REQUESTS_PER_MINUTE: '600000',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', chunk => {
    text += chunk
  })
  const ready = () => /relay ready (\S+)\/v1\/events/.exec(text)?.[1]
  await until(
    () => ready() !== undefined,
    () => `a relay that is ready, after: ${text}`,
  )
  return { child, url: ready() ?? '' }
}

function childrenOf(pid: ChildProcess['pid']): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return text.trim().split(' ').map(Number)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
