import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { until } from '../system/relay-harness.ts'

/** Starts what `npm start` runs, in a folder, with this environment and nothing of our own. */
export function startInFolder(folder: string, env: Record<string, string>) {
  return startProcess(process.execPath, [resolve('tools/bin/start.ts')], folder, env)
}

/** Starts a local relay by a command. If it still runs when the test is finished, it is killed. */
export function startProcess(command: string, args: string[], cwd: string, env: Record<string, string>) {
  const child = spawn(command, args, {
    cwd,
    detached: true,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
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
