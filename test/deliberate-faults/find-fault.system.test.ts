import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { faults } from '../../tools/deliberate-faults/faults.ts'
import { findFault } from '../../tools/deliberate-faults/find-fault.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const search = { root, scenario: 'mixed', minutes: 10, seeds: 5 }
const [acknowledged] = faults.filter(({ name }) => name === 'What is to be retried is acknowledged.')

test('a fault is found in a copy of the code, by its seed and what it breaks', async () => {
  if (!acknowledged) throw new Error('no such fault')
  expect(await findFault(acknowledged, search)).toMatchObject({
    kind: 'found',
    what: expect.stringMatching(/^ends once/),
  })
})

test('code that cannot run is an error, and not a fault that was missed', async () => {
  if (!acknowledged) throw new Error('no such fault')
  const broken = { ...acknowledged, replace: 'import nothing from "./no-such-file.ts"' }
  await expect(findFault(broken, search)).rejects.toThrow('could not run')
})
