import { expect, test } from 'vitest'
import { emptyPerson, type PeopleStore } from '../../lib/people/person.ts'
import { Container } from '../../tools/simulation/container.ts'
import { createPeopleTable, type TableFaults } from '../../tools/simulation/people-table.ts'
import { createRandom } from '../../tools/simulation/random.ts'
import { createTrace } from '../../tools/simulation/trace.ts'
import { createVirtualClock } from '../../tools/simulation/virtual-clock.ts'

/** Two containers before one table; each gives what a call in an invocation of its own ended with. */
function create(faults: Partial<TableFaults> = {}) {
  const clock = createVirtualClock()
  const all = Object.assign(faults, { slow: 0, slowMs: 0, failed: 0, lost: 0, ...faults })
  const random = createRandom(3)
  const trace = createTrace()
  const storeOf = createPeopleTable({ clock, random, trace, faults: all })
  const calm = { killPerCall: 0, freezePerCall: 0, freezeMs: 0, clockSkewMs: 0 }
  const start = (name: string) => {
    const container = new Container({ name, clock, random, trace, faults: calm })
    const store = storeOf(container).people
    return async <T>(act: (table: typeof store) => Promise<T>) => {
      const startMs = clock.now()
      const end = container.run(() => act(store), 60_000)
      await clock.runUntil(startMs + 60_000)
      return end
    }
  }
  return { clock, trace, one: start('worker-1'), other: start('worker-2') }
}

test('what one container saves another reads, and an old version is refused', async () => {
  const { one, other } = create()
  const ada = { ...emptyPerson(), customerId: '58210c3d0000000000000001' }
  expect(await one(table => table.save('g1', ada, 0))).toMatchObject({ value: 1 })
  const read = await other(table => table.load(['g1', 'g2']))
  expect(read).toMatchObject({ value: new Map([['g1', { person: ada, version: 1 }]]) })
  expect(await other(table => table.save('g1', ada, 0))).toMatchObject({ value: undefined })
  expect(await other(table => table.save('g1', ada, 1))).toMatchObject({ value: 2 })
})

test('a failed write does nothing, a lost one does it and says nothing', async () => {
  const faults = { failed: 1, lost: 0 }
  const { one, other } = create(faults)
  const save = (table: PeopleStore) => table.save('g1', emptyPerson(), 0)
  expect(await one(save)).toMatchObject({ kind: 'threw', error: new Error('ThrottlingException') })
  Object.assign(faults, { failed: 0, lost: 1 })
  expect(await one(save)).toMatchObject({ kind: 'threw', error: new Error('TimeoutError') })
  faults.lost = 0
  expect(await other(table => table.load(['g1']))).toMatchObject({ value: new Map([['g1', { version: 1 }]]) })
})

test('every call that does not answer in time stands in the trace, with its container', async () => {
  const faults = { failed: 1, lost: 0, slow: 0, slowMs: 0 }
  const { one, other, trace } = create(faults)
  await one(table => table.load(['g1']))
  Object.assign(faults, { failed: 0, lost: 1 })
  await other(table => table.load(['g1']))
  Object.assign(faults, { lost: 0, slow: 1, slowMs: 1_000_000 })
  await one(table => table.load(['g1']))
  await one(table => table.load(['g1']))
  const told = trace.lines().filter(({ what }) => what === 'table failed')
  expect(told.slice(0, 3)).toMatchObject([
    { who: 'worker-1', why: 'throttled' },
    { who: 'worker-2', why: 'answer lost' },
    { who: 'worker-1', why: 'late' },
  ])
})
