import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { bundle } from '../../lib/policy.ts'
import { type Figure, median, rounds } from './measure.ts'

const root = join(import.meta.dirname, '../..')

/** The environment that the functions need to start. */
const env = {
  PATH: process.env.PATH ?? '',
  AWS_REGION: 'eu-west-1',
  QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/1/q.fifo',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/1/d.fifo',
  WEBHOOK_SECRET_ID: 'w',
  PERSON_SALT: 's',
  KUSTOMER_API_KEY_SECRET_ID: 'k',
}

/** Measures the time from process start to a ready handler for each bundle, against a bundle of only the SQS client. */
export async function benchStart(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'))
  try {
    const client = `import{SQSClient}from'@aws-sdk/client-sqs';export const handler=new SQSClient({})`
    const files = {
      empty: await bundled(folder, 'empty', {
        stdin: { contents: 'export const handler=0', resolveDir: root },
      }),
      sqs: await bundled(folder, 'sqs', { stdin: { contents: client, resolveDir: root } }),
      ingest: await bundled(folder, 'ingest', { entryPoints: [join(root, 'functions/ingest/index.ts')] }),
      worker: await bundled(folder, 'worker', { entryPoints: [join(root, 'functions/worker/index.ts')] }),
    }
    const times: Record<string, number[]> = {}
    for (let round = -2; round < rounds + 4; round++)
      for (const [name, file] of Object.entries(files)) {
        const ms = startMs(file)
        if (round >= 0) times[name] = [...(times[name] ?? []), ms]
      }
    const ms = (name: keyof typeof files) => median(times[name] ?? [])
    const figure = (name: 'ingest' | 'worker', atMost: number): Figure => ({
      name: `start: ${name}`,
      value: ms(name) / ms('sqs'),
      unit: '× SQS client',
      detail: `${ms(name).toFixed(0)} ms, SQS client ${ms('sqs').toFixed(0)} ms, empty ${ms('empty').toFixed(0)} ms`,
      bar: { atMost },
    })
    return [figure('ingest', 1.15), figure('worker', 1.35)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function bundled(folder: string, name: string, from: BuildOptions): Promise<string> {
  await build({
    ...bundle,
    mainFields: [...bundle.mainFields],
    ...from,
    outfile: join(folder, `${name}.mjs`),
    logLevel: 'error',
  })
  const file = join(folder, `${name}-start.mjs`)
  writeFileSync(file, `await import('./${name}.mjs')`)
  return file
}

function startMs(file: string): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, [file], { env })
  if (status !== 0) throw new Error(`a bundle does not start: ${stderr}`)
  return performance.now() - start
}
