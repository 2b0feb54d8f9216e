import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConfigError } from '../../lib/errors.ts'
import { watchSettings } from '../../tools/local-relay/watch-settings.ts'
import { quiet, startTestRelay, type TestRelay, until } from '../system/relay-harness.ts'

let relay: TestRelay
beforeAll(async () => {
  relay = await startTestRelay()
})
afterAll(() => relay.close())

const page = (userId: string) => ({ type: 'page', messageId: `page-${userId}`, userId, name: 'Cart' })
const namesOf = (userId: string) =>
  relay.standIn
    .events()
    .filter(({ identity }) => identity.externalId === userId)
    .map(({ event }) => event.name)

test('other settings are used from the next event on, and no event in progress is lost', async () => {
  relay.standIn.fault({ when: { externalId: 'before' }, do: { kind: 'slow', ms: 600_000 } })
  await relay.post(page('before'))
  await until(() => relay.standIn.requests.some(({ externalId }) => externalId === 'before'), 'the call')
  const [, ...old] = relay.relay.pids()
  expect(await relay.relay.settings.apply({ genericPage: true })).toMatchObject({ genericPage: true })
  await relay.post(page('after'))
  await until(() => namesOf('after').length > 0, 'the delivery')
  expect(namesOf('after')).toEqual(['Web-Page-Viewed'])
  relay.standIn.sendDelayed()
  await quiet(relay.relay)
  expect(namesOf('before')).toHaveLength(1)
  expect(namesOf('before')).not.toContain('Web-Page-Viewed')
  expect(relay.relay.ledger.traces('page-before')).toMatchObject([{ state: 'delivered', attempts: [{}] }])
  const isGone = (pid: number | undefined) => {
    try {
      return process.kill(pid ?? 0, 0) === undefined
    } catch {
      return true
    }
  }
  await until(() => old.every(isGone), 'the old processes to end')
  expect(relay.relay.pids()).toHaveLength(old.length + 1)
})

test('a worker that crashes after a change starts again with the new settings', async () => {
  const [, ...before] = relay.relay.pids()
  for (const index of before.keys()) relay.relay.killWorker(index)
  await until(() => !before.some(pid => relay.relay.pids().includes(pid)), 'other workers')
  await relay.post(page('crashed'))
  await until(() => namesOf('crashed').length > 0, 'the delivery')
  expect(namesOf('crashed')).toEqual(['Web-Page-Viewed'])
})

test('wrong settings are refused and change nothing', async () => {
  await expect(relay.relay.settings.apply({ genericPage: 'yes' })).rejects.toThrow(ConfigError)
  expect(relay.relay.settings.value().genericPage).toBe(true)
})

test('a settings file is read again whenever it changes, and a fault is reported', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-settings-'))
  const path = join(folder, 'settings.json')
  writeFileSync(path, '{}')
  const seen: unknown[] = []
  const end = watchSettings(path, { onSettings: one => seen.push(one), onFault: error => seen.push(error) })
  writeFileSync(path, '{ "genericPage": true }')
  await until(() => seen.length === 1, 'the change')
  writeFileSync(path, '{ "genericPage": ')
  await until(() => seen.length === 2, 'the fault')
  end()
  rmSync(folder, { recursive: true })
  expect(seen).toEqual([expect.objectContaining({ genericPage: true }), expect.any(ConfigError)])
})
