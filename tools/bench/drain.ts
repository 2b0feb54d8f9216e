import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { rate } from '../../lib/policy.ts'
import { startRelay } from '../local-relay/start-relay.ts'
import type { Figure } from './measure.ts'

const allowedPerMinute = 1_200

/** Delivers a backlog of tracks: measures the time against the time of the rate limit, and the number of 429s. */
export async function benchDrain(events = 2_000): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-drain-'))
  const relay = await startRelay({ port: 0, dataDir, requestsPerMinute: allowedPerMinute / rate.share })
  try {
    const start = performance.now()
    for (let from = 0; from < events; from += 500) await post(relay.url, from, Math.min(500, events - from))
    while ((await relay.status()).delivered < events) await wait(20)
    const seconds = (performance.now() - start) / 1000
    const limit = (events / allowedPerMinute) * 60
    const refused = relay.standIn?.requests.filter(({ status }) => status === 429).length ?? 0
    const detail = `${events} tracks in ${seconds.toFixed(1)} s, the limit’s own time ${limit.toFixed(1)} s`
    return [
      { name: 'drain: against the limit', value: seconds / limit, unit: '×', detail, bar: { atMost: 1.05 } },
      {
        name: 'drain: answers of 429',
        value: refused,
        unit: '',
        detail: `of ${events} calls`,
        bar: { atMost: 2 },
      },
    ]
  } finally {
    await relay.stop()
    rmSync(dataDir, { recursive: true })
  }
}

/** Returns the seconds in which a relay without a rate limit delivers a backlog of tracks, each of another person. */
export async function drainSeconds(events: number): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-backlog-'))
  const relay = await startRelay({
    port: 0,
    dataDir,
    requestsPerMinute: 600_000,
    standIn: { requestsPerMinute: 1e9 },
  })
  try {
    const start = performance.now()
    for (let from = 0; from < events; from += 500) await post(relay.url, from, Math.min(500, events - from))
    while ((await relay.status()).delivered < events) await wait(20)
    return (performance.now() - start) / 1000
  } finally {
    await relay.stop()
    rmSync(dataDir, { recursive: true })
  }
}

async function post(url: string, from: number, count: number) {
  const batch = Array.from({ length: count }, (_, i) => ({
    type: 'track',
    event: 'Drained',
    userId: `u${from + i}`,
  }))
  const headers = { authorization: 'Bearer local-secret', 'content-type': 'application/json' }
  const answer = await fetch(`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(batch) })
  if (answer.status !== 202) throw new Error(`the relay answered ${answer.status}`)
}
