import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { functions } from '../../lib/policy.ts'
import { buildBundles } from '../local-relay/build-bundles.ts'
import { startContainerProcess } from '../local-relay/container-process.ts'
import { ingestEnvironment, placesOf, secretIds } from '../local-relay/function-environment.ts'
import { startQueues } from '../local-relay/queues.ts'
import { startSecretStore } from '../local-relay/secret-store.ts'
import { cpuSeconds, heapOptions } from './process-usage.ts'
import { trace } from './trace.ts'
import { type BenchEvent, withWorkerProcess } from './worker-process.ts'

/** What an event costs a function: milliseconds of a whole processor, and bytes of its log. */
export interface ProcessCost {
  cpuMs: number
  logBytes: number
}

const [warmUp, measured] = [200, 400]

/** Measures the worker's bundle in a process of its own. `batches` are processed one after the other. Linux only. */
export function workerCost(batches: BenchEvent[][]): Promise<ProcessCost> {
  return withWorkerProcess(
    heapOptions(functions.worker.memoryMb),
    async ({ pid, process: work, logBytes }) => {
      for (const batch of batches.slice(0, warmUp)) await work(batch)
      const [cpuBefore, bytesBefore] = [cpuSeconds(pid), logBytes()]
      const counted = batches.slice(warmUp, warmUp + measured)
      for (const batch of counted) await work(batch)
      const events = counted.flat().length
      return {
        cpuMs: ((cpuSeconds(pid) - cpuBefore) * 1_000) / events,
        logBytes: (logBytes() - bytesBefore) / events,
      }
    },
  )
}

/** Measures the ingest's bundle, likewise, with one event a request. */
export async function ingestCost(): Promise<ProcessCost> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-ingest-'))
  const store = await startSecretStore({ [secretIds.webhook]: 'secret' })
  const queues = await startQueues(30, { credentials: store.credentials })
  const { ingest } = await buildBundles(folder)
  let bytes = 0
  const container = startContainerProcess({
    bundle: ingest,
    env: {
      ...ingestEnvironment(placesOf(queues, { endpoint: '', tableName: '' }, store)),
      NODE_OPTIONS: heapOptions(functions.ingest.memoryMb),
    },
    timeoutSeconds: 60,
    log: text => {
      bytes += text.length
    },
    onNote: () => undefined,
  })
  const post = async (event: object) => {
    const headers = { 'x-webhook-secret': 'secret' }
    const request = { rawPath: '/v1/events', headers, body: JSON.stringify(event), isBase64Encoded: false }
    const invocation = await container.invoke(request)
    const status = invocation.kind === 'answered' && Object(invocation.value).statusCode
    if (status !== 202) throw new Error(`ingest answered ${status}`)
  }
  try {
    const events = trace({ events: warmUp + measured, people: 60, seed: 5 }).map(({ event }) => event)
    for (const event of events.slice(0, warmUp)) await post(event)
    const [cpuBefore, bytesBefore] = [cpuSeconds(container.pid), bytes]
    for (const event of events.slice(warmUp)) await post(event)
    return {
      cpuMs: ((cpuSeconds(container.pid) - cpuBefore) * 1_000) / measured,
      logBytes: (bytes - bytesBefore) / measured,
    }
  } finally {
    container.kill()
    await container.ended
    await Promise.all([queues.close(), store.close()])
    rmSync(folder, { recursive: true })
  }
}
