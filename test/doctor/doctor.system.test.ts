import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
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
    'Kustomer answers with the key: http://127.0.0.1',
    'The clock of this machine is right: yes',
    'The key has its roles: org.permission.customer.read (GET /v1/customers/externalId={externalId}: 404)',
    'The versions agree: ingest ',
    'The person records can be read: ',
  ])
    expect(out).toContain(`✔ ${fine}`)
  expect(out).toMatch(/✔ A test event arrives: Kustomer has kustomer-relay-doctor-\S+ after [\d.]+ s\n$/)
  expect(code).toBe(0)
  expect(relay.standIn?.events().map(({ event }) => event.name)).toEqual(['Relay-Test'])
  expect(relay.standIn?.customers()).toEqual([])
  const { dynamo, tableName } = relay.people
  const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: tableName }))
  expect(Items.filter(({ id }) => id?.S?.length === 64)).toEqual([])
})

test('a test event that dies is found among the dead letters and deleted', async () => {
  const before = await relay.status()
  relay.standIn?.fault({ when: { kind: 'record' }, do: { kind: 'status', status: 400, body: {} }, times: 2 })
  const { code, out } = await doctor(['--local', '--send-test'])
  expect(out).toMatch(/✘ A test event arrives: it is a dead letter: REJECTED Kustomer refused the request/)
  expect(code).toBe(1)
  expect((await relay.status()).deadLetters).toBe(before.deadLetters)
})

test('a customer that may not be deleted is named', async () => {
  relay.standIn?.fault({ when: { kind: 'delete' }, do: { kind: 'status', status: 403 } })
  const { code, out } = await doctor(['--local', '--send-test'])
  expect(out).toMatch(
    /after [\d.]+ s; delete the customer kustomer-relay-doctor-\S+ in Kustomer: the key may not \(403\)/,
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
    '✘ The key has its roles: roles are missing: org.permission.customer.create (POST /v1/customers: 403)',
  )
})

test('a dead letter is a fault that is counted by its code', async () => {
  const secret = { authorization: 'Bearer local-secret', 'content-type': 'application/json' }
  await fetch(`${relay.url}/v1/events`, { method: 'POST', headers: secret, body: '[{"type":"track"}]' })
  const { code, out } = await doctor(['--local', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(out)).toContainEqual({
    name: 'No dead letters',
    state: 'fault',
    message: '1 MISSING_IDENTITY',
  })
})

test('without a relay, or with both, it is refused with advice', async () => {
  expect(await doctor([])).toMatchObject({ code: 2, err: expect.stringContaining('--local or --stack') })
  expect(await doctor(['--locl'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean --local?'),
  })
})
