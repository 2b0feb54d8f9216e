import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanKey, cleanName } from '../../lib/transform/text/fit-name.ts'
import { stripDiacritics } from '../../lib/transform/text/strip-diacritics.ts'
import { toJson } from '../../lib/transform/text/to-json.ts'
import { anyJson, nastyText } from './arbitrary-json.ts'

/** Fast code returns the same as simple code. */

/**
 * Every character of the planes 0 to 2, each after a letter and a mark. Characters of higher planes do not decompose.
 */
const everyCharacter = Array.from({ length: 0x30000 }, (_, code) => code)
  .filter(code => code < 0xd800 || code > 0xdfff)
  .map(code => `e\u0301${String.fromCodePoint(code)}`)
  .join('')

const plainly = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '')

describe('removing marks also before the normalisation', () => {
  test('returns the same for every character', () => {
    expect(stripDiacritics(everyCharacter, everyCharacter.length) === plainly(everyCharacter)).toBe(true)
  })

  test('returns the same for several characters', () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom('\u0301', '\u0316', 'ﾞ', 'é', '각'), nastyText) })
    fc.assert(fc.property(text, each => stripDiacritics(each, 1e6) === plainly(each)))
  })
})

describe('cleaning', () => {
  const stripped = plainly(everyCharacter)
  const inRuns = (valid: string) => stripped.replace(new RegExp(`[^${valid}]+`, 'g'), '-').replace(/-$/, '')

  test('returns the same as cleaning the text without diacritics, for every character', () => {
    const { cleaned, isLossy } = cleanName(everyCharacter)
    expect([cleaned === inRuns('A-Za-z0-9_.-'), isLossy]).toEqual([true, true])
    expect(cleanKey(everyCharacter) === inRuns('A-Za-z0-9_-')).toBe(true)
  })

  test.each([
    ['a\ufdfab', 'a-b', true],
    ['e\u0301\ufdfb', 'e', true],
    ['Caf\u00e9 \u2014 \u2122', 'Cafe-TM', false],
  ])('%j is %s', (name, cleaned, isLossy) => expect(cleanName(name)).toEqual({ cleaned, isLossy }))
})

describe('writing JSON', () => {
  test('returns the same as JSON.stringify', () => {
    fc.assert(fc.property(anyJson, value => toJson(value) === JSON.stringify(value)))
  })

  test('leaves out values that JSON does not have, or writes null in a list', () => {
    const value = { a: undefined, b: [undefined, Number.NaN], c: -0 }
    expect(toJson(value)).toBe(JSON.stringify(value))
  })
})
