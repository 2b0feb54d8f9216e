import { isDeepStrictEqual } from 'node:util'
import { type Output, printLine } from '../terminal/command-io.ts'

/** Compares a value with the expected value. Throws an Error with both if they differ. */
export type Check = (sentence: string, found: unknown, expected: unknown) => void

/** Creates a check that prints one line for each success. */
export function createCheck(out: Output): Check {
  return (sentence, found, expected) => {
    if (!isDeepStrictEqual(found, expected))
      throw new Error(`${sentence}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`)
    printLine(out, `ok  ${sentence}`)
  }
}
