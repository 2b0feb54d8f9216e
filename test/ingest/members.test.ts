import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { membersOf } from '../../lib/ingest/members.ts'

const textsOf = (body: string) => {
  const split = membersOf(body)
  return 'members' in split ? split.members.map(({ text }) => text) : split.kind
}
const depthOf = (body: string) => {
  const split = membersOf(body)
  return 'members' in split ? split.members.map(({ depth }) => depth) : split.kind
}
/** Texts that are hard to split: quotes, escapes, brackets and commas everywhere. */
const awkward = fc.string({ unit: fc.constantFrom(...'[]{},:"\\ a1'), maxLength: 12 })
const json = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(awkward, fc.string(), fc.double({ noDefaultInfinity: true, noNaN: true }), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(awkward, tie('value'), { maxKeys: 4 }),
  ),
})).value

describe('membersOf', () => {
  test('splits any list into the JSON texts of its members', () => {
    fc.assert(
      fc.property(
        fc.array(json, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(0, 2, '\t'),
        (list, space) => {
          const texts = textsOf(` ${JSON.stringify(list, null, space)}\n`)
          expect(Array.isArray(texts) && texts.map(text => JSON.parse(text))).toEqual(
            JSON.parse(JSON.stringify(list)),
          )
        },
      ),
    )
  })

  test('a text is JSON exactly if it can be split and each member is JSON', () => {
    const any = fc.string({ unit: fc.constantFrom(...'[[]]{},:"\\ 1'), maxLength: 14 })
    const isJson = (text: string) => {
      try {
        JSON.parse(text)
        return true
      } catch {
        return false
      }
    }
    fc.assert(
      fc.property(
        fc.oneof(
          any,
          json.map(value => JSON.stringify(value).slice(0, -1)),
        ),
        text => {
          const texts = textsOf(text)
          expect(Array.isArray(texts) && texts.every(isJson)).toBe(isJson(text))
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test.each<[string, string[] | string]>([
    ['{"a":[1,2]}', ['{"a":[1,2]}']],
    [' 7 ', ['7']],
    ['[]', []],
    ['[ \n ]', []],
    ['[1, {"a":"],["} ,[2,3]]', ['1', ' {"a":"],["} ', '[2,3]']],
    ['["\\\\","\\"",",]"]', ['"\\\\"', '"\\""', '",]"']],
    ['[1}', 'notJson'],
    ['[1] 2', 'notJson'],
    ['[[1]', 'notJson'],
    [']', 'notJson'],
    ['["a', 'notJson'],
  ])('%j becomes %j', (body, expected) => {
    expect(textsOf(body)).toEqual(expected)
  })

  test.each<[string, number[]]>([
    ['7', [0]],
    ['{"a":1}', [1]],
    ['{"a":[{}],"b":[]}', [3]],
    ['[7,[],{"a":[]},"[["]', [0, 1, 2, 0]],
  ])('the depths of the members of %j are %j', (body, expected) => {
    expect(depthOf(body)).toEqual(expected)
  })

  test('stops at the 501st member, whatever follows', () => {
    const list = (count: number) => `[${Array(count).fill('1').join(',')}]`
    expect(textsOf(list(500))).toHaveLength(500)
    expect(textsOf(list(501))).toBe('tooMany')
    expect(textsOf(`${list(501).slice(0, -1)}, no JSON`)).toBe('tooMany')
  })
})
