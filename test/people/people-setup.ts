import { createMemoryStore } from '../../lib/people/memory-store.ts'
import { createPeople } from '../../lib/people/people.ts'
import { metrics as names } from '../../lib/policy.ts'
import { fakeClock } from '../runtime/fake-clock.ts'
import { faultyStore } from './faulty-store.ts'

/** Containers with one store, each with its own faults, and a clock that does not move. */
export function peopleSetup() {
  const clock = fakeClock()
  const shared = createMemoryStore(clock)
  const container = () => {
    const store = faultyStore(shared)
    const errors: unknown[] = []
    const counted: string[] = []
    const people = createPeople(store, {
      clock,
      metrics: { add: name => void counted.push(name) },
      onUnavailable: error => void errors.push(error),
    })
    const unavailable = () => counted.filter(name => name === names.personRecordsUnavailable).length
    return { ...people, store, errors, unavailable }
  }
  const stored = async (groupId: string) => (await shared.load([groupId])).get(groupId)
  return { clock, container, stored }
}
