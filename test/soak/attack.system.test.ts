import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../tools/soak/random.ts'
import { attack } from '../../tools/soak-load/attack.ts'
import { quiet, startTestRelay, step, type TestRelay } from '../system/relay-harness.ts'

let one: TestRelay
beforeAll(async () => {
  one = await startTestRelay({ workerConcurrency: 1 })
})
afterAll(() => one.close())

test('wrong requests on many connections end no process and refuse no right one', async () => {
  const { relay } = one
  const pids = relay.pids()
  const services = [relay.sqsEndpoint, relay.people.endpoint, relay.secretStore.url, one.standIn.url]
  let left = 120
  const attacking = attack(
    { relay: relay.url, services, secret: 'local-secret' },
    {
      ...{ connections: 24, random: createRandom(7), sizes: { large: 1_000_000, tooLarge: 10_600_000 } },
      isOver: () => left-- <= 0,
    },
  )
  for (let n = 1; n <= 40; n++) await one.send(step('right', n))
  const results = await attacking
  expect(Object.values(results).reduce((sum, count) => sum + count)).toBe(120)
  expect(Object.keys(results)).toEqual(expect.arrayContaining(['400', '401', '403', '413', 'broken off']))
  expect(Object.keys(results).filter(status => status.startsWith('5'))).toEqual([])
  await quiet(relay)
  expect(one.standIn.events()).toHaveLength(40)
  expect(relay.pids()).toEqual(pids)
  const longest = relay.ledger.traces().map(trace => trace.eventId.length)
  expect(longest.reduce((most, length) => Math.max(most, length), 0)).toBeLessThanOrEqual(128)
})
