import { expect, test } from 'vitest'
import { minimize } from '../../tools/simulation/minimize.ts'
import { type SimulationRun, simulate } from '../../tools/simulation/run.ts'
import { type Scenario, withChanges } from '../../tools/simulation/scenario.ts'
import { scenarios } from '../../tools/simulation/scenarios.ts'
import { shrink } from '../../tools/simulation/shrink.ts'

const always = () => true

test('a list is reduced to the items that matter, wherever they stand', async () => {
  const list = Array.from({ length: 100 }, (_, i) => i)
  let tries = 0
  const holds = async (part: readonly number[]) => {
    tries++
    return part.includes(17) && part.includes(80)
  }
  expect(await minimize(list, holds, always)).toEqual([17, 80])
  expect(tries).toBeLessThan(60)
  expect(await minimize(list, async () => true, always)).toEqual([])
  expect(await minimize(list, async () => false, always)).toEqual(list)
})

test('the search ends where it may not try any more, with the best so far', async () => {
  let left = 1
  const best = await minimize(
    [1, 2, 3, 4],
    async part => part.includes(4),
    () => left-- > 0,
  )
  expect(best).toEqual([1, 2, 3, 4])
  left = 2
  expect(
    await minimize(
      [1, 2, 3, 4],
      async part => part.includes(4),
      () => left-- > 0,
    ),
  ).toEqual([3, 4])
})

/** A short mixed scenario in which Kustomer rejects one write in twenty. */
function rejecting(): Scenario {
  const mixed = scenarios.get('mixed')
  if (!mixed) throw new Error('no scenario')
  return withChanges(mixed, { minutes: 10, faults: { rejected: 0.05 } })
}

test('a run that fails for one event and one fault is shrunk to them', async () => {
  const isRejected = ({ ledger }: SimulationRun) =>
    ledger.entries().some(({ deadLetters }) => deadLetters.some(({ code }) => code === 'REJECTED'))
  let seed = 1
  let first = await simulate({ scenario: rejecting(), seed })
  while (!isRejected(first)) first = await simulate({ scenario: rejecting(), seed: ++seed })
  const { run, tries } = await shrink(first, isRejected, { tries: 200, ms: 600_000 })
  expect(isRejected(run)).toBe(true)
  expect(run.workload.events.length).toBeLessThanOrEqual(3)
  expect(run.faults.length).toBeLessThanOrEqual(2)
  expect(run.trace.lines().length).toBeLessThan(first.trace.lines().length / 4)
  expect(tries).toBeLessThanOrEqual(200)
  const { scenario, marks = new Set(), suppressed = new Set() } = run
  const again = await simulate({ scenario, seed, marks, suppressed })
  expect(again.trace.lines()).toEqual(run.trace.lines())
})
