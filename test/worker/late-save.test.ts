import { expect, test } from 'vitest'
import { worker as limits } from '../../lib/policy.ts'
import { fakeClock } from '../runtime/fake-clock.ts'
import { peopleInMemory, tracks, workOn } from './batches.ts'

test('no record is saved after the work on its person has ended, because a later invocation may have written it', async () => {
  const clock = fakeClock()
  const { people, saves } = peopleInMemory()
  const deliver = async () => ({ kind: 'delivered' }) as const
  await workOn(tracks('a', 'One', 'Two', 'Three'), deliver, { people, clock })
  expect(saves).toHaveLength(1)
  await clock.elapse(limits.saveWithinMs)
  expect(saves).toHaveLength(1)
})
