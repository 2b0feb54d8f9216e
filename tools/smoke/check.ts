import { isDeepStrictEqual } from 'node:util'

/**
 * Tells on one line whether `found` is what was expected.
 * @throws Error with both where it is not.
 */
export function check(sentence: string, found: unknown, expected: unknown) {
  if (!isDeepStrictEqual(found, expected))
    throw new Error(`${sentence}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`)
  console.log(`ok  ${sentence}`)
}
