import { expect, test } from 'vitest'
import { createContainers } from '../../tools/simulation/containers.ts'
import { createRandom } from '../../tools/simulation/random.ts'
import { createVirtualClock } from '../../tools/simulation/virtual-clock.ts'

/** The containers of a fleet. `serve` runs that many invocations one after the other, and returns who served them. */
function create(fleet?: { containers: number; longestLifeMs?: number }) {
  const clock = createVirtualClock()
  const faults = { killPerCall: 0, freezePerCall: 0, freezeMs: 0, clockSkewMs: 0 }
  const containers = createContainers({
    ...{ name: 'worker', clock, random: createRandom(1), trace: { add() {}, lines: () => [] }, faults },
    ...{ retirePerInvocation: 0, start: () => async () => undefined, ...(fleet && { fleet }) },
  })
  const once = async () => {
    const environment = containers.takeOne() ?? (await containers.startOne())
    await clock.sleep(100)
    containers.giveBack(environment)
    return environment.container.name
  }
  const serve = async (invocations: number) => {
    const names: string[] = []
    const all = (async () => {
      for (let i = 0; i < invocations; i++) names.push(await once())
    })()
    await clock.runUntil(clock.now() + 60_000)
    await all
    return new Set(names)
  }
  const wait = async (ms: number) => {
    const untilMs = clock.now() + ms
    clock.at(untilMs, () => undefined)
    await clock.runUntil(untilMs)
  }
  return { serve, wait, started: containers.started }
}

test('one invocation at a time needs one container', async () => {
  const { serve } = create()
  expect((await serve(20)).size).toBe(1)
})

test('a fleet spreads them over all its containers, and starts no more', async () => {
  const { serve, started } = create({ containers: 3 })
  expect((await serve(30)).size).toBe(3)
  expect(started()).toBe(3)
})

test('a container of a fleet that is too old is replaced, and others are kept however long they are idle', async () => {
  const old = create({ containers: 2, longestLifeMs: 900_000 })
  await old.serve(10)
  await old.wait(900_000)
  const first = old.started()
  await old.serve(10)
  expect([first, old.started()]).toEqual([2, 4])
  const kept = create({ containers: 2 })
  await kept.serve(10)
  await kept.wait(86_400_000)
  await kept.serve(10)
  expect(kept.started()).toBe(2)
})
