import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRelay } from '../local-relay/start-relay.ts'
import { type Figure, median } from './measure.ts'
import { track } from './transformation.ts'

const connections = 64
const roundMs = 1_500

/**
 * Measures accepted events per second of the local relay with 64 connections, against a bare HTTP server that sends the
 * same request to the same queue. The worker is limited to one call per minute, so that only ingest is measured.
 */
export async function benchIngestLoad(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-ingest-'))
  const relay = await startRelay({ port: 0, dataDir, requestsPerMinute: 1, workerConcurrency: 1 })
  const bare = fork(new URL('./bare-server.ts', import.meta.url), [
    relay.sqsEndpoint,
    relay.queueUrl,
    JSON.stringify(relay.credentials),
  ])
  try {
    const bareUrl = await urlOf(bare)
    const found: { relay: number[]; bare: number[] } = { relay: [], bare: [] }
    for (let round = -1; round < 7; round++) {
      const rate = { relay: await load(`${relay.url}/v1/events`), bare: await load(bareUrl) }
      if (round >= 0) for (const name of ['relay', 'bare'] as const) found[name].push(rate[name])
    }
    const [ours, theirs] = [median(found.relay), median(found.bare)]
    const detail = `${ours.toFixed(0)} events/s, bare server ${theirs.toFixed(0)}/s`
    return [
      {
        name: 'ingest: 64 connections',
        value: ours / theirs,
        unit: '× bare server',
        detail,
        bar: { atLeast: 0.7 },
      },
    ]
  } finally {
    bare.kill()
    await relay.stop()
    rmSync(dataDir, { recursive: true })
  }
}

async function urlOf(server: ChildProcess): Promise<string> {
  const [message] = (await once(server, 'message')) as [{ url: string }]
  return message.url
}

async function load(url: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const endMs = performance.now() + roundMs
  const event = track(20)
  let accepted = 0
  const client = async () => {
    while (performance.now() < endMs) {
      const body = JSON.stringify({ ...event, messageId: `${Math.random()}`, userId: `${Math.random()}` })
      if ((await post(url, body, agent)) === 202) accepted++
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
  agent.destroy()
  return (accepted / roundMs) * 1000
}

function post(url: string, body: string, agent: Agent): Promise<number | undefined> {
  const headers = { authorization: 'Bearer local-secret', 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method: 'POST', agent, headers }, incoming => {
      incoming.resume().on('end', () => resolve(incoming.statusCode))
    })
    outgoing.on('error', reject).end(body)
  })
}
