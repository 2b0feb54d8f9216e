import { describe, test } from 'vitest'

/**
 * A group of tests that need a program on this machine. `missing` names the program if it is missing: then the tests
 * fail if `CI` is `true`, otherwise they are skipped and one line says why.
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
