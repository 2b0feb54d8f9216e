import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultDataDir, type LocalFile, readLocalFile } from '../local-relay/local-file.ts'

const script = join(import.meta.dirname, '../bin/start.ts')

/** A local relay in processes of its own, as `npm start` runs it. */
export interface StartedRelay {
  pid: number
  place: LocalFile
  secret: string
  /** What it has printed. */
  output(): string
  /** Ends it, and removes its folder. */
  stop(): Promise<void>
}

/**
 * Starts a local relay in an empty folder, on any free port, with a high rate limit.
 * @throws Error with its output if it ends before it is ready.
 */
export async function startLocalRelay(): Promise<StartedRelay> {
  const folder = mkdtempSync(join(tmpdir(), 'soak-load-'))
  const secret = randomUUID()
  const { PATH = '', HOME = '' } = process.env
  const limits = { KUSTOMER_REQUESTS_PER_MINUTE: '900000', KUSTOMER_SHARE: '1' }
  const child = spawn(process.execPath, [script], {
    cwd: folder,
    env: { PATH, HOME, NO_COLOR: '1', PORT: '0', WEBHOOK_SECRET: secret, ...limits },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = once(child, 'close')
  const ready = new Promise<void>(resolve => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-100_000)
        if (output.includes('npm run demo')) resolve()
      })
  })
  await Promise.race([ready, ended])
  const place = readLocalFile(join(folder, defaultDataDir))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  if (place) return { pid: child.pid ?? 0, place, secret, output: () => output, stop }
  await stop()
  throw new Error(`the local relay does not start: ${output}`)
}
