import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { faults } from '../../tools/deliberate-faults/faults.ts'
import { withFault } from '../../tools/deliberate-faults/faulty-copy.ts'
import { scenarios } from '../../tools/simulation/scenarios.ts'

test('there are at least fifteen, each with its own name and scenario', () => {
  expect(faults.length).toBeGreaterThanOrEqual(15)
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
  expect(faults.filter(({ scenario = 'mixed' }) => !scenarios.has(scenario))).toEqual([])
})

test.each(faults)('$name', fault => {
  const source = readFileSync(fault.file, 'utf8')
  expect(withFault(source, fault)).not.toBe(source)
})

test('a text that is not in the file exactly once is an error', () => {
  const fault = { name: 'x', file: 'lib/x.ts', search: 'a', replace: '$&' }
  expect(withFault('a b', fault)).toBe('$& b')
  expect(() => withFault('a a', fault)).toThrow('2 times in lib/x.ts')
  expect(() => withFault('b', fault)).toThrow('0 times')
})
