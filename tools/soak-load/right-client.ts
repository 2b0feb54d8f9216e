import { randomUUID } from 'node:crypto'

/** What a right client saw: requests, events, those that were not accepted, and the times of the answers in ms. */
export interface RightClient {
  requests: number
  events: number
  notAccepted: string[]
  medianMs: number
  longestMs: number
}

/** Events in every tenth request. The others have one. */
const batchSize = 50

/** Sends right requests to a webhook, one after the other, until `isOver`. Never rejects. */
export async function sendRight(url: string, secret: string, isOver: () => boolean): Promise<RightClient> {
  const times: number[] = []
  const notAccepted: string[] = []
  let events = 0
  while (!isOver()) {
    const count = times.length % 10 === 9 ? batchSize : 1
    const startMs = performance.now()
    const result = await post(url, secret, Array.from({ length: count }, eventOfSomebody))
    times.push(performance.now() - startMs)
    if (result === '202') events += count
    else notAccepted.push(result)
  }
  const sorted = times.toSorted((a, b) => a - b)
  const [medianMs = 0, longestMs = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  return { requests: times.length, events, notAccepted, medianMs, longestMs }
}

function eventOfSomebody() {
  const messageId = randomUUID()
  return { type: 'track', userId: messageId, messageId, event: 'Soak Load', properties: { total: 1 } }
}

async function post(url: string, secret: string, events: object[]): Promise<string> {
  const body = JSON.stringify(events.length === 1 ? events[0] : events)
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
  return fetch(`${url}/v1/events`, { method: 'POST', headers, body }).then(
    async answer => {
      await answer.text()
      return String(answer.status)
    },
    error => String(error?.cause?.code ?? error),
  )
}
