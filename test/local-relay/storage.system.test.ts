import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { KustomerState } from '../../tools/console/server/kustomer-shapes.ts'
import type { PersonState } from '../../tools/console/server/person-shapes.ts'
import type { EventTrace } from '../../tools/local-relay/event-trace.ts'
import type { Status } from '../../tools/local-relay/start-relay.ts'
import { until } from '../system/relay-harness.ts'
import { startInFolder } from './start-process.ts'
import { temporaryFolder } from './temporary-folder.ts'

const env = { PORT: '0', BACKOFF_BASE_SECONDS: '1', BACKOFF_MAX_SECONDS: '1' }
const identify = { type: 'identify', messageId: 'm-ada', userId: 'ada', traits: { name: 'Ada' } }
const poison = { type: 'track', messageId: 'm-poison', userId: 'eve', event: 'Poison' }
const waiting = { type: 'track', messageId: 'm-bob', userId: 'bob', event: 'Ordered' }

/** A relay process with its console's API. */
async function startRelay(folder: string, more: Record<string, string> = {}) {
  const process = startInFolder(folder, { ...env, ...more })
  const url = await process.url()
  await until(() => process.said.out.includes('npm run demo'), 'the rest of its first lines')
  const read = async <T>(path: string) => (await fetch(`${url}/local/${path}`)).json() as T
  const post = async (path: string, body: object) => {
    const headers = { authorization: 'Bearer local-secret', 'content-type': 'application/json' }
    return fetch(`${url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  }
  return {
    ...process,
    read,
    fault: (name: string) => post('local/fault', { name }),
    send: (event: object) => post('v1/events', event),
    state: async (id: string) => (await read<EventTrace[]>(`events?idPrefix=${id}`))[0]?.state,
    customers: async () => (await read<KustomerState>('kustomer')).customers,
    record: async (externalId: string) => (await read<PersonState>(`person?externalId=${externalId}`)).record,
    /** Waits until so many events are left in the queues. A done message may still be in flight for a moment. */
    async holds(waiting: number, deadLetters: number) {
      const isSo = (found: Status) =>
        found.waiting + found.inFlight === waiting && found.deadLetters === deadLetters
      await until(async () => isSo(await read<Status>('status')), `${waiting} waiting, ${deadLetters} dead`)
    },
    async ends(signal: NodeJS.Signals) {
      process.child.kill(signal)
      await process.ended
    },
  }
}

function modesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return files.map(file => (statSync(file).mode & 0o777).toString(8))
}

test('with RELAY_DATA, events, person records and customers survive SIGKILL', async () => {
  const folder = temporaryFolder()
  const first = await startRelay(folder, { RELAY_DATA: 'data' })
  await first.send(identify)
  await until(async () => (await first.state('m-ada')) === 'delivered', 'the identify')
  await first.fault('refuse')
  await first.send(poison)
  await until(async () => (await first.state('m-poison')) === 'dead', 'the dead letter')
  await first.fault('key')
  await first.send(waiting)
  await until(async () => (await first.state('m-bob')) === 'retrying', 'the failed attempt')
  const [customers, ada, bob] = [
    await first.customers(),
    await first.record('ada'),
    await first.record('bob'),
  ]
  expect(bob?.waiting?.counts).toEqual({ unauthorized: 1 })
  const second = startInFolder(folder, { ...env, RELAY_DATA: 'data' })
  expect(await second.ended).toBe(1)
  expect(second.said.err).toBe(
    `error: another relay uses ${join(folder, 'data')}: stop it, or set RELAY_DATA to another folder\n`,
  )
  await first.holds(1, 1)
  await first.ends('SIGKILL')

  const third = await startRelay(folder, { RELAY_DATA: 'data' })
  expect(third.said.out).toContain(`data     ${join(folder, 'data')} (1 waiting event and 1 dead letter)`)
  await until(async () => (await third.state('m-bob')) === 'delivered', 'the event that waited')
  await third.send(identify)
  await until(async () => (await third.state('m-ada')) === 'skipped', 'the repeated identify')
  expect(await third.record('ada')).toEqual(ada)
  const now = await third.customers()
  expect(now).toEqual(expect.arrayContaining(customers))
  expect(now).toHaveLength(customers.length + 1)
  expect(await third.read('dead-letters')).toMatchObject([{ eventId: 'm-poison' }])
  expect(new Set(modesIn(folder))).toEqual(new Set(['600']))
  await third.holds(0, 1)
  await third.ends('SIGINT')
  expect(third.said.out).toContain(`kept in ${join(folder, 'data')}: 1 dead letter`)
})

test('without RELAY_DATA, the relay says at its end what is lost', async () => {
  const relay = await startRelay(temporaryFolder())
  await relay.fault('refuse')
  await relay.send(poison)
  await until(async () => (await relay.state('m-poison')) === 'dead', 'the dead letter')
  await relay.holds(0, 1)
  await relay.ends('SIGTERM')
  expect(relay.said.out).toContain(
    'lost with this relay: 1 dead letter; start it with RELAY_DATA=DIR to keep them',
  )
})
