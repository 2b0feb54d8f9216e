import { spawn, spawnSync } from 'node:child_process'
import { until } from '../relay-harness.ts'

/** Why moto cannot be used; undefined if it can. */
export function whyNoMoto(): string | undefined {
  const { status } = spawnSync('python3', ['-c', 'import moto.server'], { stdio: 'ignore' })
  return status === 0 ? undefined : 'python3 has no moto.server'
}

/** A running moto. */
export interface Moto {
  url: string
  kill(): void
}

/**
 * Starts moto on a free port. Unlike our emulator, and like SQS, it returns
 * several messages of one group at once.
 */
export async function startMoto(): Promise<Moto> {
  const child = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, MOTO_ACCOUNT_ID: '000000000000' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', chunk => {
      text += chunk
    })
  const address = () => /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1]
  await until(
    () => address() !== undefined,
    () => `moto, which says: ${text}`,
  )
  return { url: address() ?? '', kill: () => void child.kill('SIGKILL') }
}
