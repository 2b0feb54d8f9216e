import { setTimeout as wait } from 'node:timers/promises'
import type { Finding } from './finding.ts'
import { isKnownToKustomer } from './kustomer.ts'
import type { Subject } from './subject.ts'

/** The first and the longest pause between two checks, and the limit for the whole test, in milliseconds. */
const every = { firstMs: 250, maxMs: 5_000, patienceMs: 120_000 }

/**
 * Sends a track event of a new test user and waits until Kustomer has this user: then the relay delivered the event.
 * The test user stays in Kustomer; the finding contains its id.
 */
export async function sendTest(subject: Subject, secret: string, key: string): Promise<Finding> {
  const name = 'A test event arrives'
  const userId = `kustomer-relay-doctor-${Date.now().toString(36)}`
  const event = { type: 'track', userId, event: 'Relay Test', properties: { source: 'doctor' } }
  const startMs = Date.now()
  const answer = await fetch(subject.webhookUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(event),
  }).catch(() => undefined)
  if (!answer) return { name, state: 'fault', message: `${subject.webhookUrl} does not answer` }
  if (answer.status !== 202) return { name, state: 'fault', message: `the webhook answered ${answer.status}` }
  for (
    let pause = every.firstMs;
    Date.now() - startMs < every.patienceMs;
    pause = Math.min(pause * 2, every.maxMs)
  ) {
    if (await isKnownToKustomer(subject.kustomerBaseUrl, key, userId))
      return { name, state: 'fine', message: `Kustomer has ${userId} after ${seconds(startMs)} s` }
    await wait(pause)
  }
  return {
    name,
    state: 'fault',
    message: `accepted, but not in Kustomer after ${seconds(startMs)} s: see the worker's log`,
  }
}

function seconds(sinceMs: number): string {
  return ((Date.now() - sinceMs) / 1000).toFixed(1)
}
