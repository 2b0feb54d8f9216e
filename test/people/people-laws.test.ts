import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDelivered, rememberDelivered } from '../../lib/people/delivered.ts'
import type { People } from '../../lib/people/people.ts'
import { peopleSetup } from './people-setup.ts'
import { hash } from './sample-person.ts'

const steps = fc.array(
  fc.record({
    container: fc.constantFrom(0, 1, 2),
    does: fc.constantFrom('opens', 'delivers', 'saves'),
    fault: fc.option(fc.constantFrom('fails', 'loses the answer', 'repeats'), { nil: undefined }),
  }),
  { minLength: 5, maxLength: 40 },
)

test('saved data is never lost, with other writers and with any fault', async () => {
  let refused = 0
  await fc.assert(
    fc.asyncProperty(steps, async plan => {
      const { clock, container, stored } = peopleSetup()
      const containers = [0, 1, 2].map(() => ({ ...container(), pending: new Set<string>() }))
      const views = new Map<number, People>()
      const safe = new Set<string>()
      for (const [i, { container: index, does, fault }] of plan.entries()) {
        const one = containers[index]
        const people = views.get(index)
        if (!one) continue
        one.store.faults.splice(0, Infinity, fault)
        if (does === 'opens' || !people) {
          one.pending.clear()
          views.set(index, await one.open(['a']))
        } else if (does === 'delivers') {
          rememberDelivered(people.get('a'), hash(i), clock.now())
          one.pending.add(hash(i))
        } else {
          const isSaved = await people.save('a')
          if (!isSaved) refused++
          // Another writer's record gets what was delivered here, so only a fault may keep it out.
          if (isSaved || fault === undefined) for (const id of one.pending) safe.add(id)
        }
      }
      const person = (await stored('a'))?.person
      for (const id of safe) expect(person && isDelivered(person, id, clock.now())).toBe(true)
    }),
    { numRuns: 500 },
  )
  expect(refused).toBeGreaterThan(100)
})
