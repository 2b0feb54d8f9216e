import { beforeEach, expect, test } from 'vitest'
import { functions, queue } from '../../lib/policy.ts'
import { Container } from '../../tools/simulation/container.ts'
import type { ContainerFaults } from '../../tools/simulation/container-faults.ts'
import { createRandom } from '../../tools/simulation/random.ts'
import { createTrace, type Trace } from '../../tools/simulation/trace.ts'
import {
  createVirtualClock,
  simulationStartMs as start,
  type VirtualClock,
} from '../../tools/simulation/virtual-clock.ts'

let clock: VirtualClock
let trace: Trace
let effects: string[]

const noFaults: ContainerFaults = { killPerCall: 0, freezePerCall: 0, freezeMs: 0, clockSkewMs: 0 }
const create = (faults: Partial<ContainerFaults> = {}, seed = 1) =>
  new Container({
    name: 'worker-1',
    clock,
    trace,
    random: createRandom(seed),
    faults: { ...noFaults, ...faults },
  })

/** A call that takes 10 ms and has its effect after 5. */
const call = async (name: string) => {
  await clock.sleep(5)
  effects.push(name)
  await clock.sleep(5)
  return name
}
const secondsToEnd = () => (clock.now() - start) / 1_000

beforeEach(() => {
  clock = createVirtualClock()
  trace = createTrace()
  effects = []
})

test('an invocation ends with its answer or its exception', async () => {
  const container = create()
  const port = container.port('kustomer', call)
  const answered = container.run(async () => [await port('a'), await port('b')], 60_000)
  await clock.runUntil(start + 100)
  expect(await answered).toEqual({ kind: 'answered', value: ['a', 'b'] })
  const threw = container.run(() => Promise.reject(new TypeError('x')), 60_000)
  await clock.runUntil(start + 200)
  expect(await threw).toMatchObject({ kind: 'threw', error: new TypeError('x') })
  expect(container.isStopped).toBe(false)
})

test('at its deadline it is stopped: what was sent takes effect, nothing follows', async () => {
  const container = create()
  const port = container.port('kustomer', call)
  const end = container.run(async () => {
    await container.clock.sleep(995)
    await port('a')
    effects.push('after the deadline')
  }, 1_000)
  await clock.runUntil(start + 90_000)
  expect(await end).toEqual({ kind: 'killed', why: 'deadline' })
  expect(effects).toEqual(['a'])
  expect(container.isStopped).toBe(true)
})

test('a crash comes before or after the effect of a call, and nothing follows', async () => {
  const ends = new Set<string>()
  for (let seed = 0; seed < 40; seed++) {
    effects = []
    const container = create({ killPerCall: 1 }, seed)
    const end = container.run(async () => {
      await container.port('kustomer', call)('a')
      effects.push('after the crash')
    }, 1_000)
    await clock.runUntil(clock.now() + 2_000)
    expect(await end).toEqual({ kind: 'killed', why: 'crash' })
    ends.add(effects.join())
  }
  expect([...ends].toSorted()).toEqual(['', 'a'])
  expect(trace.lines()[0]).toMatchObject({ who: 'worker-1', what: 'crashed', port: 'kustomer' })
})

test('what goes on after the answer is frozen until the next invocation', async () => {
  const container = create()
  const port = container.port('sqs', call)
  const first = container.run(async () => {
    void port('a').then(() => effects.push('went on'))
    return 'early'
  }, 1_000)
  await clock.runUntil(start + 60_000)
  expect(await first).toEqual({ kind: 'answered', value: 'early' })
  expect(effects).toEqual(['a'])
  void container.run(() => container.clock.sleep(1), 1_000)
  await clock.runUntil(clock.now() + 1)
  expect(effects).toEqual(['a', 'went on'])
})

test('the deadline of an invocation that is over stops nothing', async () => {
  const container = create()
  void container.run(() => Promise.resolve(), 1_000)
  await clock.runUntil(start + 500)
  const second = container.run(() => container.clock.sleep(900), 1_000)
  await clock.runUntil(start + 5_000)
  expect(await second).toMatchObject({ kind: 'answered' })
})

test('a freeze holds everything back, and the deadline counts all the same', async () => {
  const slowed = create({ freezePerCall: 1, freezeMs: 20_000 })
  const end = slowed.run(() => slowed.port('kustomer', call)('a'), 60_000)
  await clock.runUntil(start + 60_000)
  expect(await end).toMatchObject({ kind: 'answered' })
  expect(trace.lines()).toMatchObject([{ what: 'froze', at: start + 10 }])
  const other = create({ freezePerCall: 1, freezeMs: 20_000 })
  const tooLong = other.run(() => other.port('kustomer', call)('a'), 11)
  await clock.runUntil(clock.now() + 60_000)
  expect(await tooLong).toEqual({ kind: 'killed', why: 'deadline' })
  expect(secondsToEnd()).toBeGreaterThan(60)
})

test('its clock differs from the true time by at most the skew', () => {
  const skews = Array.from({ length: 50 }, (_, seed) => create({ clockSkewMs: 2_000 }, seed).skewMs)
  expect(Math.max(...skews.map(Math.abs))).toBeLessThanOrEqual(2_000)
  expect(new Set(skews).size).toBeGreaterThan(40)
  const container = create({ clockSkewMs: 2_000 }, 3)
  expect(container.clock.now()).toBe(start + container.skewMs)
})

test('a zombie goes on when its messages are visible again, and Lambda does not use it again', async () => {
  const container = create({ zombiePerCall: 1 })
  const port = container.port('kustomer', call)
  const end = container.run(async () => {
    await port('a')
    void container.clock.sleep(10_000).then(() => effects.push('after its end'))
    await port('b')
  }, 60_000)
  await clock.runUntil(start + 60_000)
  expect(await end).toEqual({ kind: 'killed', why: 'deadline' })
  const visibleMs = functions.worker.timeoutSeconds * queue.visibilityTimeouts * 1_000
  await clock.runUntil(start + visibleMs)
  expect([effects, container.isStopped]).toEqual([['a'], true])
  await clock.runUntil(start + visibleMs + 250_000)
  expect(effects).toEqual(['a', 'b'])
})
