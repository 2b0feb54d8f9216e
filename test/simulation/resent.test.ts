import { expect, test } from 'vitest'
import { metrics as names, personRecords } from '../../lib/policy.ts'
import { createKustomerModel, type KustomerModel } from '../../tools/simulation/kustomer-model.ts'
import { relayUnderTest } from './relay-under-test.ts'

const [minuteMs, dayMs] = [60_000, 86_400_000]

/** A relay before the model of Kustomer, with nothing that fails. */
function create() {
  let model: KustomerModel | undefined
  const under = relayUnderTest({}, ports => {
    model = createKustomerModel({ ...ports, chancesFor: () => ({}), options: { apiKey: 'key' } })
    return model.transport('worker', 1)
  })
  const { clock, relay, telemetry } = under
  const pass = (ms: number) => {
    // Without a timer at the end, time would stop at the last one before.
    clock.at(clock.now() + ms, () => {})
    return clock.runUntil(clock.now() + ms)
  }
  return {
    pass,
    /** Sends an event, and lets time pass until it is done. */
    async send(event: object) {
      const status = under.post(event)
      await pass(minuteMs)
      expect([await status, relay.isIdle()]).toEqual([202, true])
    },
    /** The writes that Kustomer stored: creates, updates and events. */
    stored: () => model?.calls.filter(({ isApplied }) => isApplied).length,
    deduplicated: () => telemetry.metrics.filter(({ name }) => name === names.deduplicated).length,
  }
}

const events = {
  track: { type: 'track', userId: 'ada', messageId: 'm1', event: 'Ordered', properties: { total: 3 } },
  page: { type: 'page', anonymousId: 'guest', messageId: 'm2', name: 'Cart' },
  identify: { type: 'identify', userId: 'ada', messageId: 'm3', traits: { name: 'Ada', email: 'a@b.test' } },
}

test.each(Object.entries(events))(
  '%s: an event that is sent again after 6 minutes, and after 6 days, reaches Kustomer once',
  async (_, event) => {
    const { send, pass, stored, deduplicated } = create()
    await send(event)
    expect([stored(), deduplicated()]).toEqual([1, 0])
    await pass(6 * minuteMs)
    await send(event)
    await pass(6 * dayMs)
    await send(event)
    expect([stored(), deduplicated()]).toEqual([1, 2])
  },
)

test('an event that is sent again after the days of its record is delivered again', async () => {
  const { send, pass, stored } = create()
  await send(events.track)
  await pass(personRecords.deliveredForDays * dayMs)
  await send(events.track)
  expect(stored()).toBe(2)
})
