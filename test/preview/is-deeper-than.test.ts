import { expect, test } from 'vitest'
import { isDeeperThan } from '../../tools/preview/is-deeper-than.ts'

test.each([
  [7, 0, false],
  [[], 1, false],
  [[], 0, true],
  [{ a: [{}] }, 3, false],
  [{ a: [{}] }, 2, true],
])('%j is deeper than %i: %s', (value, levels, expected) => {
  expect(isDeeperThan(levels, value)).toBe(expected)
})
