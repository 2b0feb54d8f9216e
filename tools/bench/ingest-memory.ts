import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { functions, webhook } from '../../lib/policy.ts'
import { buildBundles } from '../local-relay/build-bundles.ts'
import { startContainerProcess } from '../local-relay/container-process.ts'
import { ingestEnvironment, placesOf, secretIds } from '../local-relay/function-environment.ts'
import { startQueues } from '../local-relay/queues.ts'
import { type SecretStore, startSecretStore } from '../local-relay/secret-store.ts'
import { type Body, bodies } from './ingest-bodies.ts'
import type { Figure } from './measure.ts'
import { cpuSeconds, heapOptions, peakMb, vcpusOf } from './process-usage.ts'

const { memoryMb, timeoutSeconds } = functions.ingest
const vcpus = vcpusOf(memoryMb)

interface Measured {
  body: Body
  residentMb: number
  /** Seconds of processor time of the request, with the function's part of a vCPU. */
  seconds: number
}

/**
 * Measures memory and time of ingest for the largest usual and hostile bodies. For each body, the deployed bundle runs
 * in its own process, with the heap size of Lambda and an SQS emulator. Linux only: both are read from `/proc`.
 * @throws Error if a body does not get the expected status.
 */
export async function benchIngestMemory(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-memory-'))
  const store = await startSecretStore({ [secretIds.webhook]: 'secret' })
  try {
    const { ingest } = await buildBundles(folder)
    const found: Measured[] = []
    for (const body of bodies) found.push(await measure(ingest, store, body))
    const [largest, slowest] = [most(found, one => one.residentMb), most(found, one => one.seconds)]
    const limit = timeoutSeconds - webhook.earlyAnswerMs / 1000
    return [
      {
        name: `memory: the largest of ${found.length} bodies at ingest`,
        ...{ value: largest.residentMb, unit: 'MB', bar: { atMost: memoryMb } },
        detail: found.map(({ body, residentMb }) => `${body.name} ${residentMb.toFixed(0)}`).join(', '),
      },
      {
        name: `memory: the slowest of them at ${vcpus.toFixed(3)} vCPU`,
        ...{ value: slowest.seconds, unit: 's', bar: { atMost: limit } },
        detail: found.map(({ body, seconds }) => `${body.name} ${seconds.toFixed(1)}`).join(', '),
      },
    ]
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

async function measure(bundle: string, store: SecretStore, body: Body): Promise<Measured> {
  const queues = await startQueues(30, { credentials: store.credentials })
  // Ingest does not use the table.
  const env = ingestEnvironment(placesOf(queues, { endpoint: '', tableName: '' }, store))
  const container = startContainerProcess({
    bundle,
    env: { ...env, NODE_OPTIONS: heapOptions(memoryMb) },
    timeoutSeconds: 60,
    log: () => undefined,
    onNote: () => undefined,
  })
  try {
    if (!(await container.ready)) throw new Error('ingest does not start')
    const before = cpuSeconds(container.pid)
    const event = {
      ...{ rawPath: '/v1/events', headers: { 'x-webhook-secret': 'secret' } },
      ...{ body: body.text(), isBase64Encoded: body.isBase64Encoded ?? false },
    }
    const invocation = await container.invoke(event)
    const status = invocation.kind === 'answered' ? Object(invocation.value).statusCode : invocation.kind
    if (status !== body.status) throw new Error(`${body.name}: ${status} instead of ${body.status}`)
    const residentMb = peakMb(container.pid)
    return { body, residentMb, seconds: (cpuSeconds(container.pid) - before) / vcpus }
  } finally {
    container.kill()
    await container.ended
    await queues.close()
  }
}

function most(found: Measured[], of: (one: Measured) => number): Measured {
  const [first, ...others] = found
  if (!first) throw new Error('nothing was measured')
  return others.reduce((best, one) => (of(one) > of(best) ? one : best), first)
}
