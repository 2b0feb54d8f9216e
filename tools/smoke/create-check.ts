import { isDeepStrictEqual } from 'node:util'
import { type Output, printLine } from '../terminal/command-io.ts'

/** Compares what was found with what was expected. Throws an Error with both where they differ. */
export type Check = (sentence: string, found: unknown, expected: unknown) => void

/** Makes a check that says on one line what holds. */
export function createCheck(out: Output): Check {
  return (sentence, found, expected) => {
    if (!isDeepStrictEqual(found, expected))
      throw new Error(`${sentence}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`)
    printLine(out, `ok  ${sentence}`)
  }
}
