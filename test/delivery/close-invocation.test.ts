import { expect, test } from 'vitest'
import { createDelivery } from '../../lib/delivery/create-delivery.ts'
import { transform } from '../../lib/index.ts'
import { createMemoryRateStore, type RateStore } from '../../lib/kustomer/rate-store.ts'
import { emptyPerson } from '../../lib/people/person.ts'
import { kustomerInProcess } from '../kustomer-stand-in/in-process.ts'
import { jumpingClock } from '../runtime/jumping-clock.ts'
import { track } from './delivering.ts'
import { inProcessTransport } from './in-process-transport.ts'

test('an invocation that was told of a 429 ends after the other containers can know', async () => {
  const clock = jumpingClock()
  const kustomer = kustomerInProcess({ now: clock.now })
  const memory = createMemoryRateStore()
  const release = Promise.withResolvers<void>()
  let isHeld = false
  const rateStore: RateStore = {
    ...memory,
    async save(item, version) {
      if (isHeld) await release.promise
      return memory.save(item, version)
    },
  }
  const open = createDelivery(
    {
      baseEndpoint: kustomer.standIn.url,
      rate: { perMinute: 6_000, share: 1, containers: 1 },
      mergeByEmail: true,
      resendUnchangedAfterMs: 0,
    },
    {
      fetchKey: async () => kustomer.standIn.apiKey,
      createTransport: () => inProcessTransport(kustomer, clock),
      // The store's time-out must not pass while the save is held.
      clock: { now: clock.now, sleep: ms => (ms === 1_000 ? new Promise(() => {}) : clock.sleep(ms)) },
      rateStore,
    },
  )
  kustomer.standIn.fault({ do: { kind: 'throttle', forSeconds: 20 } })
  const invocation = await open(clock.now() + 60_000)
  const outcome = await invocation.deliver({
    call: transform(track('u1'), {}),
    person: emptyPerson(),
    ...{ role: 'user', eventAtMs: 0, isMerged: false, isAnonymous: async () => false, hash: text => text },
    onCall: () => {
      isHeld = true
    },
  })
  expect(outcome.kind).toBe('throttled')
  let isClosed = false
  const closed = invocation.close().then(() => {
    isClosed = true
  })
  await new Promise(resolve => setImmediate(resolve))
  expect(isClosed).toBe(false)
  release.resolve()
  await closed
  expect((await memory.load()).item?.closedUntilMs).toBeGreaterThan(clock.now())
})
