import { describe, test } from 'vitest'

/**
 * A group of tests that need a program of this machine. `missing` says which one is missing, if one is: then the tests
 * fail where `CI` is `true`, and elsewhere they are skipped with one line that says why.
 */
export function describeWithProgram(missing: string | undefined, name: string, tests: () => void): void {
  if (missing === undefined) return void describe(name, tests)
  if (process.env.CI !== 'true') console.warn(`skipped: ${name}: ${missing}`)
  describe.skipIf(process.env.CI !== 'true')(name, () => {
    test('can run', () => {
      throw new Error(missing)
    })
  })
}
