import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { version } from '../../lib/policy.ts'
import { main } from '../../tools/doctor/main.ts'
import { type Relay, startRelay } from '../../tools/local-relay/start-relay.ts'
import { runInProcess } from '../terminal/in-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'doctor-'))
let relay: Relay

beforeAll(async () => {
  const dataDir = join(folder, '.relay')
  relay = await startRelay({ port: 0, dataDir, bundles: inject('bundles'), requestsPerMinute: 60_000 })
})

afterAll(async () => {
  await relay.stop()
  rmSync(folder, { recursive: true })
})

/** Runs the doctor in the relay's folder. */
function doctor(args: string[], env: Record<string, string> = {}) {
  return runInProcess(main, args, { cwd: folder, env })
}

test('a working relay has no fault, and a test event arrives and leaves nothing behind', async () => {
  const { code, out } = await doctor(['--local', '--send-test'])
  expect(out).not.toContain('✘')
  for (const fine of [
    'Webhook secret: it has a value',
    'Kustomer: the simulated Kustomer at http://127.0.0.1',
    'Rate limit: Kustomer allows 60,000 requests a minute, and the relay is set to the same',
    "Clock of this machine: it agrees with Kustomer's",
    'Roles of the key: the key has all that the relay needs (org.permission.customer.read, ',
    `Versions: ingest and this tool have ${version}`,
    'Person records: the table ',
    'Queue: empty',
    'Dead letters: none',
  ])
    expect(out).toContain(`✔ ${fine}`)
  expect(out).not.toMatch(/^–|alarm/im)
  expect(out).toMatch(/✔ Test event: Kustomer had it after [\d.]+ s, as kustomer-relay-doctor-\S+\n$/)
  expect(code).toBe(0)
  expect(relay.standIn?.events().map(({ event }) => event.name)).toEqual(['Relay-Test'])
  expect(relay.standIn?.customers()).toEqual([])
  const { dynamo, tableName } = relay.people
  const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: tableName }))
  expect(Items.filter(({ id }) => id?.S?.length === 64)).toEqual([])
})

test('an interrupted doctor ends by itself, sends nothing, and holds no dead letter', async () => {
  const events = relay.standIn?.events().length
  const interruption = new AbortController()
  const { code, err } = await runInProcess(main, ['--local', '--send-test'], {
    ...{ cwd: folder, interruption: interruption.signal },
    onOut: () => interruption.abort(),
  })
  expect([code, err]).toEqual([2, 'error: Interrupted: not everything was checked\n'])
  expect(await relay.status()).toMatchObject({ waiting: 0, inFlight: 0 })
  expect(relay.standIn?.events().length).toBe(events)
})

test('a test event that dies is found among the dead letters and deleted', async () => {
  const before = await relay.status()
  relay.standIn?.fault({ when: { kind: 'record' }, do: { kind: 'status', status: 400, body: {} }, times: 2 })
  const { code, out } = await doctor(['--local', '--send-test'])
  expect(out).toMatch(/✘ Test event: it became a dead letter: REJECTED Kustomer refused the request/)
  expect(code).toBe(1)
  expect((await relay.status()).deadLetters).toBe(before.deadLetters)
})

test('a customer that may not be deleted is named', async () => {
  relay.standIn?.fault({ when: { kind: 'delete' }, do: { kind: 'status', status: 403 } })
  const { code, out } = await doctor(['--local', '--send-test'])
  expect(out).toMatch(
    /after [\d.]+ s, as \S+; delete the customer kustomer-relay-doctor-\S+ in Kustomer: the key may not \(403\)/,
  )
  expect(code).toBe(0)
})

test('a wrong key and a wrong webhook secret are faults, and neither is shown', async () => {
  const { code, out } = await doctor(['--local', '--send-test'], {
    KUSTOMER_API_KEY: 'k-wrong',
    WEBHOOK_SECRET: 's-wrong',
  })
  expect(code).toBe(1)
  expect(out).toContain('answered 401: the key is wrong')
  expect(out).toContain('the webhook answered 401')
  expect(out).not.toMatch(/k-wrong|s-wrong/)
})

test('the other region of a key, and missing roles, are named', async () => {
  const title = 'Auth token associated with pod prod2 but request is being handled by prod1'
  const when = { kind: 'currentUser' } as const
  relay.standIn?.fault({ when, do: { kind: 'status', status: 401, body: { errors: [{ title }] } } })
  expect((await doctor(['--local'])).out).toContain('the key belongs to prod2, the host to prod1')
  relay.standIn?.fault({ when: { kind: 'create' }, do: { kind: 'status', status: 403 } })
  expect((await doctor(['--local'])).out).toContain(
    '✘ Roles of the key: the key lacks org.permission.customer.create. Give the API key these roles in Kustomer',
  )
})

test('a dead letter is a fault that is counted by its code', async () => {
  const secret = { authorization: 'Bearer local-secret', 'content-type': 'application/json' }
  await fetch(`${relay.url}/v1/events`, { method: 'POST', headers: secret, body: '[{"type":"track"}]' })
  const { code, out } = await doctor(['--local', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(out)).toContainEqual({
    id: 'dead-letters',
    name: 'Dead letters',
    state: 'fault',
    message: '1 (MISSING_IDENTITY)',
    toDo: expect.stringContaining('npx relay dlq list --local'),
  })
})

test('without a relay, or with both, it is refused with advice', async () => {
  expect(await doctor([])).toMatchObject({ code: 2, err: expect.stringContaining('--local or --stack') })
  expect(await doctor(['--locl'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean --local?'),
  })
})
