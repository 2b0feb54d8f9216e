import { rate } from '../../lib/policy.ts'
import { answerQuestion } from '../simulation/what-if/answer-question.ts'
import { defaultQuestion } from '../simulation/what-if/question.ts'
import type { Figure } from './measure.ts'

const events = 2_000

/**
 * Drains a backlog of many people at the rate limit with 1, 2 and 5 containers, in virtual time: the time against the
 * limit's own time for the same requests, and the number of 429s.
 */
export async function benchDrainFleets(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const concurrency of [1, 2, 5]) {
    const load = { events, people: events, overMs: 1_000, outageMs: 0, identifies: 0 }
    const { drainedMs, calls } = await answerQuestion({ ...defaultQuestion, ...load, concurrency }, () => {})
    const kinds = Object.values(calls)
    const requests = kinds.reduce((sum, { done }) => sum + done, 0)
    const refused = kinds.reduce((sum, { throttled }) => sum + throttled, 0)
    const limitMs = (requests / (rate.requestsPerMinute * rate.share)) * rate.windowMs
    const seconds = (ms = Number.NaN) => (ms / 1_000).toFixed(1)
    figures.push({
      name: `drain: ${concurrency} ${concurrency === 1 ? 'container' : 'containers'}, against the limit`,
      ...{ value: (drainedMs ?? Number.NaN) / limitMs, unit: '×', bar: { atMost: 1.05 } },
      detail: `${requests} requests in ${seconds(drainedMs)} s, the limit’s own time ${seconds(limitMs)} s; ${refused} answers of 429`,
    })
  }
  return figures
}
