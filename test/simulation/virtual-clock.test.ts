import { expect, test } from 'vitest'
import { createVirtualClock, simulationStartMs as start } from '../../tools/simulation/virtual-clock.ts'

test('timers run by time, and those of the same time in the order of their creation', async () => {
  const clock = createVirtualClock()
  const ran: string[] = []
  for (const [name, ms] of Object.entries({ d: 30, a: 10, b: 10, e: 40, c: 20 }))
    clock.at(start + ms, () => ran.push(`${name} at ${clock.now() - start}`))
  await clock.runUntil(start + 35)
  expect(ran).toEqual(['a at 10', 'b at 10', 'c at 20', 'd at 30'])
  expect(clock.now()).toBe(start + 35)
})

test('thousands of timers in any order run in the right one', async () => {
  const clock = createVirtualClock()
  const wanted = Array.from({ length: 2_000 }, (_, i) => (i * 7_919) % 2_003)
  const ran: number[] = []
  for (const ms of wanted) clock.at(start + ms, () => ran.push(ms))
  await clock.runUntil(start + 10_000)
  expect(ran).toEqual(wanted.toSorted((a, b) => a - b))
})

test('what waits for a promise goes on before time does', async () => {
  const clock = createVirtualClock()
  const ran: string[] = []
  const steps = async () => {
    await clock.sleep(10)
    for (let i = 0; i < 50; i++) await Promise.resolve()
    ran.push(`steps at ${clock.now() - start}`)
    await clock.sleep(0)
    await clock.sleep(-5)
    ran.push(`no wait at ${clock.now() - start}`)
  }
  void steps()
  clock.at(start + 11, () => ran.push('later'))
  await clock.runUntil(start + 100)
  expect(ran).toEqual(['steps at 10', 'no wait at 10', 'later'])
})

test('it stops where it is done, where nothing is left, and what has passed runs at once', async () => {
  const clock = createVirtualClock()
  let count = 0
  const tick = () => {
    count++
    clock.at(clock.now() + 1_000, tick)
  }
  clock.at(start - 5_000, tick)
  await clock.runUntil(start + 3_600_000, () => count === 3)
  expect([count, clock.now() - start]).toEqual([3, 2_000])
  const empty = createVirtualClock()
  await empty.runUntil(start + 1_000)
  expect(empty.now()).toBe(start)
})

test('a timer that throws ends the run with its error', async () => {
  const clock = createVirtualClock()
  clock.at(start, () => {
    throw new TypeError('a bug')
  })
  await expect(clock.runUntil(start + 1)).rejects.toThrow('a bug')
})
