import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { findLocalFile } from '../../tools/local-relay/find-local-file.ts'
import { type Relay, startRelay } from '../../tools/local-relay/start-relay.ts'
import { quick } from '../system/relay-harness.ts'

const cwd = mkdtempSync(join(tmpdir(), 'two-relays-'))
const lines: string[] = []
const start = () =>
  startRelay({
    ...quick,
    ...{ bundles: inject('bundles'), dataDir: join(cwd, '.relay'), workerConcurrency: 1 },
    onLine: line => lines.push(line),
  })
const portOf = ({ url }: Relay) => new URL(url).port
const found = (port?: string) => findLocalFile({ cwd, env: { PORT: port } })?.url

let relays: Relay[] = []
beforeAll(async () => {
  mkdirSync(join(cwd, '.relay'))
  relays = [await start(), await start()]
})
afterAll(async () => {
  await Promise.all(relays.map(relay => relay.stop()))
  rmSync(cwd, { recursive: true, force: true })
})

test('a second relay leaves the first one its file, says so, and is found by its port', async () => {
  const [first, second] = relays as [Relay, Relay]
  expect([found(), found(''), found('0')]).toEqual([first.url, first.url, first.url])
  expect(found(portOf(first))).toBe(first.url)
  expect(found(portOf(second))).toBe(second.url)
  expect(found('1')).toBeUndefined()
  expect(lines).toEqual([expect.stringContaining(`another local relay runs here: ${first.url}`)])
  expect(lines[0]).toContain(`PORT=${portOf(second)} npm run dlq`)
})

test('the file of a relay that no longer runs is free for the next one', async () => {
  const [first, second] = relays as [Relay, Relay]
  await first.stop()
  expect(found()).toBeUndefined()
  relays[0] = await start()
  expect(found()).toBe(relays[0].url)
  expect(found(portOf(second))).toBe(second.url)
})
