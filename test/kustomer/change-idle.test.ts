import { expect, test } from 'vitest'
import { createRateLimiter, type RateLimiter } from '../../lib/kustomer/rate-limiter.ts'
import { createMemoryRateStore, type RateStore } from '../../lib/kustomer/rate-store.ts'
import { type VirtualTime, virtualTime } from './virtual-time.ts'

/** Two containers with one store at 60 tokens a minute, both of which have used it, and what the store was asked for. */
async function fleet(aheadMs = 0) {
  const time = virtualTime()
  const asked: string[] = []
  const store = recorded(createMemoryRateStore(), asked)
  const limiterOn = (clock: VirtualTime | ReturnType<VirtualTime['aheadBy']>) =>
    createRateLimiter({ perMinute: 60, share: 1, containers: 2, clock, store })
  const [one, other] = [limiterOn(time), limiterOn(time.aheadBy(aheadMs))]
  const take = (limiter: RateLimiter) => {
    const taken: { afterMs?: number } = {}
    const startMs = time.now()
    void limiter.acquire(startMs + 60_000).then(({ isGranted }) => {
      if (isGranted) taken.afterMs = time.now() - startMs
    })
    return taken
  }
  take(one)
  await time.run(10_000)
  take(other)
  await time.run(10_000)
  asked.length = 0
  return { time, one, other, asked, take }
}

function recorded(store: RateStore, asked: string[]): RateStore {
  const noting = <A extends unknown[], T>(name: string, call: (...args: A) => Promise<T>) => {
    return (...args: A) => {
      asked.push(name)
      return call(...args)
    }
  }
  return {
    load: noting('load', store.load),
    save: noting('save', store.save),
    saveIdle: noting('saveIdle', store.saveIdle),
  }
}

test('a token of an idle limit is one write, also after another container has used it', async () => {
  const { time, one, other, asked, take } = await fleet()
  const taken = take(one)
  await time.run(10_000)
  expect(taken).toEqual({ afterMs: 0 })
  take(other)
  await time.run(10_000)
  expect(asked).toEqual(['saveIdle', 'saveIdle'])
})

test('a token that another container has just taken is not given again', async () => {
  const { time, one, other, asked, take } = await fleet()
  const first = take(other)
  await time.run(1)
  const second = take(one)
  await time.run(5_000)
  expect(first).toEqual({ afterMs: 0 })
  // A token is due every second; the first one was 600 ms overdue.
  expect(second.afterMs).toBe(399)
  expect(asked.slice(1, 4)).toEqual(['saveIdle', 'load', 'save'])
})

test('an idle limit that another container has stopped is not used before it resumes', async () => {
  const { time, one, other, take } = await fleet()
  other.close(time.now() + 30_000)
  await time.run(100)
  const taken = take(one)
  await time.run(60_000)
  expect(taken.afterMs).toBeGreaterThanOrEqual(29_900)
})

test('a container that has not been used yet reads the item first', async () => {
  const time = virtualTime()
  const asked: string[] = []
  const store = recorded(createMemoryRateStore(), asked)
  const limiter = createRateLimiter({ perMinute: 60, share: 1, containers: 1, clock: time, store })
  void limiter.acquire(time.now() + 60_000)
  await time.run(10_000)
  expect(asked.slice(0, 2)).toEqual(['load', 'save'])
})

test('a container whose clock is behind the last writer’s reads the item and adopts that clock', async () => {
  const { time, one, other, asked, take } = await fleet(2_000)
  take(other)
  await time.run(100)
  take(one)
  await time.run(10_000)
  expect(asked.slice(0, 4)).toEqual(['saveIdle', 'saveIdle', 'load', 'save'])
})
