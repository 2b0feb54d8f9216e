import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { groupIdOf } from '../../lib/queue/envelope.ts'
import { main } from '../../tools/dlq/main.ts'
import { type Relay, startRelay } from '../../tools/local-relay/start-relay.ts'
import { quick, until } from '../system/relay-harness.ts'
import { runInProcess, type Surroundings } from '../terminal/in-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'follow-'))
let relay: Relay

beforeAll(async () => {
  const dataDir = join(folder, '.relay')
  relay = await startRelay({ ...quick, dataDir, bundles: inject('bundles'), settings: { stampEvents: true } })
})
beforeEach(() => void relay.standIn?.clearFaults())
afterAll(async () => {
  await relay.stop()
  rmSync(folder, { recursive: true })
})

const dlq = (args: string[], around: Surroundings = {}) =>
  runInProcess(main, args, { cwd: folder, ...around })

/** Makes Kustomer answer every event of a person with a status. */
const refuse = (person: string, status: number) =>
  relay.standIn?.fault({
    when: { externalId: person },
    do: { kind: 'status', status, body: {} },
    times: Number.POSITIVE_INFINITY,
  })

/** Dead-letters one event of each person. */
async function kill(...people: string[]) {
  for (const person of people) refuse(person, 400)
  const { deadLetters } = await relay.status()
  const events = people.map(userId => ({ type: 'track', userId, event: 'Sold', messageId: `m-${userId}` }))
  await fetch(`${relay.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: 'Bearer local-secret', 'content-type': 'application/json' },
    body: JSON.stringify(events),
  })
  await until(async () => (await relay.status()).deadLetters === deadLetters + people.length, 'dead letters')
  relay.standIn?.clearFaults()
}

describe('a replay that waits', () => {
  test('tells which events were delivered, and ends with 0 when all were', async () => {
    await kill('ann', 'bob')
    const { code, out } = await dlq(['replay', '--local', '--yes', '--wait', '--rate', '100'])
    expect(out).toMatch(/replayed 2, .*delivered 2, dead again 0, still waiting 0\n$/)
    expect(code).toBe(0)
    const stored = relay.standIn?.events().map(({ identity }) => identity.externalId)
    expect(stored?.toSorted()).toEqual(['ann', 'bob'])
  })

  test('names each event that is dead again with the reason and its new id, and ends with 1', async () => {
    await kill('cy', 'di')
    refuse('cy', 400)
    const { code, out } = await dlq(['replay', '--local', '--yes', '--wait', '--json', '--rate', '100'])
    const result = JSON.parse(out)
    expect(result).toMatchObject({ replayed: 2, delivered: 1, deadAgain: 1, stillWaiting: 0 })
    expect(code).toBe(1)
    const { id, why } = result.left[0]
    expect(why).toMatch(/^REJECTED Kustomer refused/)
    expect((await dlq(['list', '--local'])).out).toMatch(/ replays .*\n.* track .* 1 .*Kustomer refused/)
    const shown = await dlq(['show', id, '--local', '--json'])
    expect(JSON.parse(shown.out)).toMatchObject({ deadLetter: { eventId: 'm-cy', replays: 1 } })
    relay.standIn?.clearFaults()
    expect((await dlq(['replay', '--local', '--yes', '--wait'])).code).toBe(0)
  })

  test('names each event that still waits with its cause, and ends with 3', async () => {
    await kill('ed')
    refuse('ed', 503)
    const { code, out } = await dlq(['replay', '--local', '--yes', '--wait', '2s'])
    expect(out).toMatch(/still waiting, Kustomer did not answer.* \(\d attempts? so far\): [0-9a-f]{8}\n/)
    expect([code, out]).toEqual([3, expect.stringMatching(/delivered 0, dead again 0, still waiting 1\n$/)])
    relay.standIn?.clearFaults()
    await until(async () => (await relay.status()).inFlight === 0, 'the delivery')
  })

  test('is the default on a terminal alone, and --no-wait ends when all are sent', async () => {
    await kill('flo')
    const onTerminal = await dlq(['replay', '--local', '--yes'], { isTerminal: true })
    expect(onTerminal.out).toContain('delivered 1')
    await kill('gus')
    expect((await dlq(['replay', '--local', '--yes'])).out).not.toContain('delivered')
    await kill('hal')
    const noWait = await dlq(['replay', '--local', '--yes', '--no-wait'], { isTerminal: true })
    expect(noWait.out).not.toContain('delivered')
  })
})

test('show makes the call with the settings of the relay', async () => {
  await kill('ida')
  const { out } = await dlq(['show', 'm-ida', '--local', '--json'])
  expect(JSON.parse(out).call.event.meta).toEqual({ messageId: 'm-ida' })
  await dlq(['purge', '--local', '--yes', '--without-export'])
})

test('--wait is refused where the person records are not known', async () => {
  const urls = ['--queue-url', relay.queueUrl, '--dlq-url', relay.deadLetterQueueUrl]
  const { code, err } = await dlq(['replay', ...urls, '--yes', '--wait'])
  expect([code, err]).toEqual([2, expect.stringContaining('--local or --stack')])
})

test('erase deletes the dead letters and the record of a person, and of nobody else', async () => {
  await kill('jo', 'kim')
  const recordsOf = async (...people: string[]) => {
    const keys = people.map(id => ({ id: { S: groupIdOf(id, 'local') } }))
    const { tableName, dynamo } = relay.people
    const RequestItems = { [tableName]: { Keys: keys } }
    const { Responses } = await dynamo.send(new BatchGetItemCommand({ RequestItems }))
    return Responses?.[tableName]?.length
  }
  // The worker stores a dead letter first and then the record.
  await until(async () => (await recordsOf('jo', 'kim')) === 2, 'the records')
  const seen = await dlq(['erase', 'jo', '--local', '--dry-run'])
  expect([seen.code, seen.out, await recordsOf('jo')]).toEqual([0, 'found 1, records 1\n', 1])
  const { code, out } = await dlq(['erase', 'jo', 'nobody', '--local', '--yes'])
  expect([code, out]).toEqual([0, 'erased dead letters 1, not erased 0, erased records 1\n'])
  expect([await recordsOf('jo'), await recordsOf('kim')]).toEqual([0, 1])
  const left = await dlq(['list', '--local', '--json'])
  expect((JSON.parse(left.out) as { eventId: string }[]).map(one => one.eventId)).toEqual(['m-kim'])
})
