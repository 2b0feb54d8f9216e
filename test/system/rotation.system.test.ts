import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, inject, test } from 'vitest'
import { secretIds } from '../../tools/local-relay/function-environment.ts'
import { type Relay, startRelay } from '../../tools/local-relay/start-relay.ts'

const people = 20
const perPerson = 15
let relay: Relay
let folder: string

async function start() {
  folder = mkdtempSync(join(tmpdir(), 'rotation-'))
  relay = await startRelay({
    port: 0,
    dataDir: folder,
    bundles: inject('bundles'),
    webhookSecret: 'old-secret',
    kustomerApiKey: 'old-key',
    requestsPerMinute: 60_000,
    backoffBaseSeconds: 1,
    backoffMaxSeconds: 1,
  })
}

afterEach(async () => {
  await relay.stop()
  rmSync(folder, { recursive: true })
})

test("the webhook's secret is rotated under load: the old one is accepted until RudderStack sends the new one", async () => {
  await start()
  const half = (people * perPerson) / 2
  const statuses = await sendAll(async sent => {
    if (sent === half / 2) relay.secretStore.rotate(secretIds.webhook, 'new-secret')
    if (sent === half) await expect.poll(() => probe('new-secret'), { timeout: 200_000 }).toBe(202)
    return sent < half ? 'old-secret' : 'new-secret'
  })
  expect(new Set(statuses)).toEqual(new Set([202]))
  await expectAllDelivered()
})

test("Kustomer's key is rotated under load: the new key delivers the events that the old one could not", async () => {
  await start()
  const third = (people * perPerson) / 3
  const statuses = await sendAll(async sent => {
    // The worst order: Kustomer refuses the old key before the new one is in the store.
    if (sent === third && relay.standIn) relay.standIn.apiKey = 'new-key'
    if (sent === 2 * third) relay.secretStore.rotate(secretIds.kustomer, 'new-key')
    return 'old-secret'
  })
  expect(new Set(statuses)).toEqual(new Set([202]))
  await expectAllDelivered()
  expect(relay.standIn?.requests.some(({ status }) => status === 401)).toBe(true)
})

/**
 * Sends the events of each person in order, of all people at once. `secretFor` gets the number of events sent before.
 */
async function sendAll(secretFor: (sent: number) => Promise<string>) {
  const statuses: number[] = []
  let sent = 0
  for (let i = 0; i < perPerson; i++) {
    const secrets: string[] = []
    while (secrets.length < people) secrets.push(await secretFor(sent++))
    const round = secrets.map((secret, person) => send(`p${person}`, i, secret))
    statuses.push(...(await Promise.all(round)))
  }
  return statuses
}

async function send(userId: string, i: number, secret: string) {
  return post({ type: 'track', event: `Step ${i}`, userId, messageId: `${userId}-${i}` }, secret)
}

/** Returns 202 if the secret is accepted, else 401. Nothing is stored. */
async function probe(secret: string) {
  return post({ type: 'alias', userId: 'p0' }, secret)
}

async function post(event: object, secret: string) {
  const { status } = await fetch(`${relay.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(event),
  })
  return status
}

/** Each event once, the events of each person in the order of their acceptance, and no dead letters. */
async function expectAllDelivered() {
  await expect
    .poll(() => relay.status(), { timeout: 200_000, interval: 100 })
    .toEqual({ waiting: 0, inFlight: 0, deadLetters: 0, delivered: people * perPerson })
  const events = relay.standIn?.events() ?? []
  for (let person = 0; person < people; person++) {
    const names = events
      .filter(({ identity }) => identity.externalId === `p${person}`)
      .map(({ event }) => event.name)
    expect(names).toEqual(Array.from({ length: perPerson }, (_, i) => `Step-${i}`))
  }
}
