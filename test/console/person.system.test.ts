import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { personRecords } from '../../lib/policy.ts'
import { groupIdOf } from '../../lib/queue/envelope.ts'
import type { PersonState } from '../../tools/console/server/person-shapes.ts'
import { personSalt } from '../../tools/local-relay/function-environment.ts'
import { identify, startTestRelay, step, type TestRelay } from '../system/relay-harness.ts'

const hash = new RegExp(`^[\\w-]{${personRecords.hashLength}}$`)
let relay: TestRelay

beforeAll(async () => {
  relay = await startTestRelay()
})
afterAll(() => relay.close())
beforeEach(() => relay.standIn.clearFaults())

async function ask(query: string) {
  const response = await fetch(`${relay.relay.url}/local/person${query}`)
  return { status: response.status, body: (await response.json()) as PersonState & { message?: string } }
}

test('a person record shows ids, counts and times, and no address', async () => {
  const traits = { emails: ['ada@example.com', 'ada@example.org'], phone: '+15550100' }
  const beforeMs = Date.now()
  await relay.send(identify('ada', 'Ada', traits), step('ada', 1))
  await relay.settled()
  const { status, body } = await ask('?externalId=ada')
  const [customer] = relay.standIn.customers()
  expect(status).toBe(200)
  expect(body).toEqual({
    group: groupIdOf('ada', personSalt),
    record: {
      customerId: customer?.id,
      role: 'user',
      addresses: 3,
      refused: 0,
      identify: { fingerprint: expect.stringMatching(hash), deliveredAtMs: expect.any(Number) },
      newestIdentifyMs: expect.any(Number),
      delivered: [
        { id: expect.stringMatching(hash), atMs: expect.any(Number) },
        { id: expect.stringMatching(hash), atMs: expect.any(Number) },
      ],
      version: expect.any(Number),
      expiresAtMs: expect.any(Number),
    },
  })
  const [newest, oldest] = body.record?.delivered ?? []
  expect(newest?.atMs).toBeGreaterThanOrEqual(oldest?.atMs ?? Infinity)
  expect(body.record?.expiresAtMs).toBeGreaterThan(beforeMs + (personRecords.retentionDays - 1) * 86_400_000)
  expect(JSON.stringify(body)).not.toContain('example')
})

test('a waiting event is shown with its failed attempts by outcome', async () => {
  relay.standIn.fault({ times: 1000, do: { kind: 'status', status: 503 } })
  await relay.send(step('bob', 1))
  const waiting = async () => (await ask('?externalId=bob')).body.record?.waiting
  await expect.poll(waiting, { timeout: 20_000 }).toMatchObject({ counts: { unavailable: 2 } })
  const trace = relay.relay.ledger.traces('Step-bob-1')[0]
  expect((await waiting())?.messageId).toBe(trace?.attempts[0]?.messageId)
  relay.standIn.clearFaults()
  await relay.settled()
  expect(await waiting()).toBeUndefined()
})

test('a person about whom nothing is known has no record', async () => {
  expect(await ask('?externalId=nobody')).toEqual({
    status: 200,
    body: { group: groupIdOf('nobody', personSalt) },
  })
})

test('a request without an external id is a 400', async () => {
  for (const query of ['', '?externalId=']) expect((await ask(query)).status).toBe(400)
})

test('while the table is down the answer is a 503', async () => {
  relay.relay.people.setDown(true)
  const { status, body } = await ask('?externalId=ada')
  relay.relay.people.setDown(false)
  expect(status).toBe(503)
  expect(body.message).toMatch(/does not answer/)
})
