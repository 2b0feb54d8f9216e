import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { runSmoke } from './run-smoke.ts'

type Started = ChildProcessByStdio<null, Readable, null>

/** Milliseconds for the start: on a slow runner too, the bundles must be built and the emulators started. */
const startTimeoutMs = 120_000
/** Milliseconds for the end: the relay stops within one second, but Windows needs longer to end a process tree. */
const endTimeoutMs = 20_000
const isWindows = process.platform === 'win32'

const about = {
  name: 'smoke:start',
  summary:
    'Runs npm start on a free port, sends one event to the Kustomer stand-in with the doctor, and ends the relay: it must leave no process behind.',
}

/**
 * Runs `node tools/bin/smoke-start.ts`: starts a relay, delivers one event, and ends the relay. Returns the exit code.
 * The check workflow runs it on Linux, macOS and Windows.
 */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  return runSmoke(argv, io, about, () => smoke(io.out))
}

async function smoke(out: Output) {
  // Its own process group, so that the signal below reaches only it. On Windows npm is a script and needs a shell.
  const relay = spawn('npm start', {
    shell: true,
    detached: !isWindows,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(relay, 'close').then(() => true)
  try {
    const url = await readyUrl(relay, closed, out)
    await deliverOne(url)
    end(relay, 'SIGINT')
    if (!(await within(endTimeoutMs, closed))) throw new Error('a process of the relay is still running')
    if (await isAnswering(url)) throw new Error('the port still answers')
    printLine(out, 'npm start: started, delivered one event, ended')
  } catch (error) {
    end(relay, 'SIGKILL')
    throw error
  }
}

async function deliverOne(url: string) {
  const { status } = await fetch(`${url}/health`)
  if (status !== 200) throw new Error(`GET /health answered ${status}`)
  const doctor = spawnSync('npm run --silent doctor -- --local --send-test', {
    shell: true,
    stdio: 'inherit',
  })
  if (doctor.status !== 0) throw new Error(`the doctor ended with ${doctor.status}`)
}

/** Prints the relay's output. Resolves to its URL when the output contains it. */
async function readyUrl(relay: Started, closed: Promise<boolean>, out: Output): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let text = ''
  relay.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out.write(chunk)
    text += chunk
    const url = /relay ready (http:\/\/127\.0\.0\.1:\d+)\/v1\/events/.exec(text)?.[1]
    if (url) resolve(url)
  })
  const url = await within(startTimeoutMs, Promise.race([promise, closed]))
  if (typeof url !== 'string') throw new Error('the relay did not start')
  return url
}

/**
 * Ends the relay as Ctrl-C does: the signal goes to the process group. Windows has no such signal: it ends the tree.
 */
function end(relay: Started, signal: 'SIGINT' | 'SIGKILL') {
  if (relay.pid === undefined || relay.exitCode !== null || relay.signalCode !== null) return
  if (isWindows) spawnSync('taskkill', ['/pid', String(relay.pid), '/T', '/F'])
  else process.kill(-relay.pid, signal)
}

/** Returns the result of a promise, or undefined after `timeoutMs`. */
async function within<T>(timeoutMs: number, result: Promise<T>): Promise<T | undefined> {
  const timeout = Promise.withResolvers<undefined>()
  const timer = setTimeout(timeout.resolve, timeoutMs, undefined)
  try {
    return await Promise.race([result, timeout.promise])
  } finally {
    clearTimeout(timer)
  }
}

async function isAnswering(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    () => true,
    () => false,
  )
}
