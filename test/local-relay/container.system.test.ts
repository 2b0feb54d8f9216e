import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest'
import { type Container, startContainer } from '../../tools/local-relay/container.ts'
import { type FunctionLog, openLog } from '../../tools/local-relay/function-log.ts'
import type { Note } from '../../tools/local-relay/notes.ts'
import { livingOf } from '../system/processes.ts'
import { until } from '../system/relay-harness.ts'

const bundle = `
import { channel } from 'node:diagnostics_channel'
let served = 0
export async function handler(event, context) {
  served++
  if (event.do === 'throw') throw new TypeError('thrown on purpose')
  if (event.do === 'exit') process.exit(3)
  if (event.do === 'hang') await new Promise(() => setInterval(() => {}, 1000))
  if (event.do === 'spin') for (;;);
  if (event.do === 'tell') channel('kustomer-relay:accepted').publish({ eventId: 'e', event: 'x', end: 'queued' })
  return { served, env: process.env, left: context.getRemainingTimeInMillis(), id: context.awsRequestId }
}
`
const folder = mkdtempSync(join(tmpdir(), 'kustomer-relay-container-'))
const notes: Note[] = []
let log: FunctionLog
let container: Container
let crashes = 0

async function start(source: string, name: string, timeoutSeconds = 120) {
  const path = join(folder, `${name}.mjs`)
  writeFileSync(path, source)
  const options = { bundle: path, env: { ONLY: 'this' }, timeoutSeconds, log: log.target }
  return startContainer({ ...options, onNote: note => notes.push(note) }, () => crashes++)
}
const served = (invocation: object) =>
  'value' in invocation ? (invocation.value as { served: number }).served : -1

beforeAll(async () => {
  process.env.SECRET_OF_THE_PARENT = 'must not be seen'
  log = openLog(join(folder, 'function.log'))
  container = await start(bundle, 'handler')
})
afterEach(() => container.whenReady())
afterAll(async () => {
  await container.stop()
  log.close()
  rmSync(folder, { recursive: true, force: true })
})

it('gives the handler its own environment and nothing of the parent but PATH and HOME', async () => {
  const invocation = await container.invoke({})
  const { env, left } =
    'value' in invocation ? (invocation.value as { env: object; left: number }) : { env: {}, left: 0 }
  const names = Object.keys(env).filter(name => !/^(NODE_CHANNEL_|__CF)/.test(name))
  expect(names.sort()).toEqual(['HOME', 'ONLY', 'PATH'])
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThanOrEqual(120_000)
})

it('passes on the messages on the channels of the function, before its answer', async () => {
  await container.invoke({ do: 'tell' })
  expect(notes).toEqual([{ kind: 'accepted', message: { eventId: 'e', event: 'x', end: 'queued' } }])
})

it('keeps its process after an error of the handler, and logs the error', async () => {
  const pid = container.pid
  expect(await container.invoke({ do: 'throw' })).toEqual({ kind: 'failed', error: 'TypeError' })
  expect(container.pid).toBe(pid)
  expect(readFileSync(log.path, 'utf8')).toContain('thrown on purpose')
})

it('a handler that exits is "crashed", and a new process starts', async () => {
  const { pid } = container
  const before = crashes
  expect(await container.invoke({ do: 'exit' })).toEqual({ kind: 'crashed' })
  expect(served(await container.invoke({}))).toBe(1)
  expect(container.pid).not.toBe(pid)
  expect(crashes).toBe(before + 1)
})

it.each(['hang', 'spin'])('a handler that does "%s" is "timedOut", and a new process starts', async act => {
  const hasty = await start(bundle, act, 1)
  onTestFinished(hasty.stop)
  const { pid } = hasty
  expect(await hasty.invoke({ do: act })).toEqual({ kind: 'timedOut' })
  // A busy machine may need more than a second for any invocation: then one more process is started.
  let invocation = await hasty.invoke({})
  while (invocation.kind === 'timedOut') invocation = await hasty.invoke({})
  expect(served(invocation)).toBe(1)
  expect(hasty.pid).not.toBe(pid)
})

it('serves many invocations at once', async () => {
  const invocations = await Promise.all(Array.from({ length: 50 }, () => container.invoke({})))
  expect(new Set(invocations.map(served)).size).toBe(50)
})

it('does not start with a bundle that cannot be loaded', async () => {
  await expect(start('throw new Error("no")', 'broken')).rejects.toThrow(/does not start/)
})

it('ends its process when it is stopped, even if the process is in an endless loop', async () => {
  const spinning = await start(bundle, 'spinning')
  const { pid = 0 } = spinning
  const invocation = spinning.invoke({ do: 'spin' })
  await spinning.stop()
  expect(await invocation).toEqual({ kind: 'crashed' })
  await until(() => livingOf([pid]).length === 0, 'the end of the process')
  expect(await spinning.invoke({})).toEqual({ kind: 'crashed' })
})
