import { randomUUID } from 'node:crypto'
import { functions } from '../../lib/policy.ts'
import type { Figure } from './measure.ts'
import { heapOptions, peakMb } from './process-usage.ts'
import { withWorkerProcess } from './worker-process.ts'

const { memoryMb } = functions.worker
/** Events of a batch, and the bytes of each: together the 6 MB that Lambda passes to a function at most (quotas). */
const [eventsABatch, bytes] = [6, 950_000]

const bodies: Record<string, () => object> = {
  'one text': () => ({ a: 'x'.repeat(bytes) }),
  'empty objects': () => ({ a: Array.from({ length: bytes / 3 }, () => ({})) }),
  keys: () => keyed(),
  'nested lists': () => ({ a: Array.from({ length: bytes / 1_802 }, () => nested(900)) }),
  'custom attributes': () => ({ customObject: keyed() }),
}

/**
 * Measures the peak memory of the worker's bundle in a process with the heap of Lambda, for batches of the largest
 * hostile events. Linux only.
 */
export async function benchWorkerMemory(): Promise<Figure[]> {
  const found: { name: string; mb: number }[] = []
  for (const [name, body] of Object.entries(bodies)) {
    const type = name === 'custom attributes' ? 'identify' : 'track'
    const event = { type, event: 'X', [type === 'identify' ? 'traits' : 'properties']: body() }
    const batch = Array.from({ length: eventsABatch }, (_, i) => ({
      ...event,
      ...{ userId: `u${i}`, messageId: randomUUID() },
    }))
    const mb = await withWorkerProcess(heapOptions(memoryMb), async worker => {
      await worker.process(batch)
      return peakMb(worker.pid)
    })
    found.push({ name, mb })
  }
  return [
    {
      name: `memory: the largest of ${found.length} batches at the worker`,
      ...{ value: Math.max(...found.map(({ mb }) => mb)), unit: 'MB', bar: { atMost: memoryMb } },
      detail: found.map(({ name, mb }) => `${name} ${mb.toFixed(0)}`).join(', '),
    },
  ]
}

function keyed(): Record<string, number> {
  return Object.fromEntries(
    Array.from({ length: bytes / 10 }, (_, i) => [i.toString(36).padStart(5, 'k'), 0]),
  )
}

function nested(depth: number): unknown[] {
  let value: unknown[] = []
  for (let level = 0; level < depth; level++) value = [value]
  return value
}
