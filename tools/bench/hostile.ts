import { transform } from '../../lib/index.ts'
import { defaultSettings, queue } from '../../lib/policy.ts'
import { type HostileEvent, hostileEvents } from './hostile-events.ts'
import { type Figure, threadMs } from './measure.ts'
import { track } from './transformation.ts'

/** The size of the largest event that the queue accepts. */
const bytes = queue.maxMessageBytes
/** Bytes of one property of a usual event. */
const propertyBytes = 34
/** The worst event may take this many times as long as a usual one of its size. */
const bar = 10
/** The highest number of runs of an event. The shortest time counts, because other processes make runs longer. */
const maxRuns = 7

const settings = [
  { setIdentityEmail: true, disableEmailAsTrackingProperty: true, stampEvents: true },
  { advancedTransform: false, stampEvents: true },
].map(each => ({ ...defaultSettings, ...each }))

/** Measures the time of the worst hostile event of 1 MiB, against a usual event of the same size. */
export function benchHostile(): Figure[] {
  const usualText = JSON.stringify(track(Math.ceil(bytes / propertyBytes)))
  const coldMs = leastMs(usualText, 0)
  const all = hostileEvents(bytes)
    .map(hostile => ({ name: hostile.name, ms: worstMs(hostile, coldMs) }))
    .toSorted((a, b) => b.ms - a.ms)
  // Measured again, now that the code is compiled: the time of a cold run would make the ratios too small.
  const usualMs = Math.min(coldMs, leastMs(usualText, 0))
  const [worst, ...others] = all
  const next = others.slice(0, 4).map(({ name, ms }) => `${name} ${(ms / usualMs).toFixed(1)}`)
  return [
    {
      name: `hostile: the worst of ${all.length} events of 1 MiB`,
      value: (worst?.ms ?? Number.NaN) / usualMs,
      unit: '× a usual one',
      detail: `${worst?.name}: ${worst?.ms.toFixed(1)} ms, usual ${usualMs.toFixed(1)} ms; then ${next.join(', ')}`,
      bar: { atMost: bar },
    },
  ]
}

function worstMs({ event }: HostileEvent, enoughMs: number): number {
  const text = JSON.stringify(event)
  return Math.max(...settings.map(each => leastMs(text, enoughMs, each)))
}

/**
 * Returns the shortest time of several transformations of a newly parsed event. Stops at the first within `enoughMs`.
 */
function leastMs(text: string, enoughMs: number, given = settings[0]): number {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < maxRuns && least > enoughMs; run++) {
    const event: unknown = JSON.parse(text)
    const startMs = threadMs()
    try {
      transform(event, given)
    } catch (error) {
      if (error instanceof RangeError) throw error
    }
    least = Math.min(least, threadMs() - startMs)
  }
  return least
}
