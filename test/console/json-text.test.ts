import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { linesOf, parseJson } from '../../tools/console/web/try/json-text.ts'

const text = `{
  "a": 1, "b": { "c": [
    { "d": "x: {" },
    [ "\\"", 2 ]
  ] },
  "e": { "": null, "a": true }
}`

test.each([
  ['a', 2],
  ['b.c', 2],
  ['b.c.0.d', 3],
  ['b.c[0].d', 3],
  ['b.c.1.1', 4],
  ['e', 6],
  ['e.a', 6],
  ['e.missing.deep', 6],
  ['missing', 1],
  ['', 1],
])('%s is on line %i', (path, line) => {
  expect(linesOf(text)(path)).toBe(line)
})

test('each key is read once, however many paths are asked for', () => {
  const keys = Array.from({ length: 500 }, (_, i) => `key${i}`)
  const pasted = JSON.stringify(Object.fromEntries(keys.map(key => [key, 1])), null, 2)
  const parse = vi.spyOn(JSON, 'parse')
  const lineOf = linesOf(pasted)
  expect(keys.map(lineOf)).toEqual(keys.map((_, i) => i + 2))
  expect(parse.mock.calls.length).toBe(keys.length)
  parse.mockRestore()
})

test('every key of a pasted event is found on a line that contains it', () => {
  const keys = fc.stringMatching(/^[a-z]{1,6}$/)
  const json = fc.letrec<{ value: unknown }>(tie => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.integer(),
      fc.dictionary(keys, tie('value')),
      fc.array(tie('value')),
    ),
  })).value
  fc.assert(
    fc.property(fc.dictionary(keys, json), event => {
      const pasted = JSON.stringify(event, null, 2)
      const lines = pasted.split('\n')
      const lineOf = linesOf(pasted)
      for (const path of pathsOf(event)) {
        const key = path.split('.').at(-1) ?? ''
        if (!/^\d+$/.test(key)) expect(lines[lineOf(path) - 1]).toContain(`"${key}":`)
      }
    }),
  )
})

/** The dotted paths of all members, at any depth. */
function pathsOf(value: unknown, above = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [
    `${above}${key}`,
    ...pathsOf(member, `${above}${key}.`),
  ])
}

test('no typed text makes it throw', () => {
  fc.assert(fc.property(fc.string(), typed => linesOf(typed)('a.b') >= 1))
})

test.each([
  ['{\n  "type": nonsense\n}', 2],
  ['{\n  "a": 1,\n}', 3],
  ['{\n  "a": 1\n  "b": 2\n}', 3],
  ['{\n  "a": "cut\n}', 2],
  ['{\n  "a": 1\n', 3],
  ['{}\nmore', 2],
  ['', 1],
])('the error of %j is on line %i', (faulty, line) => {
  expect(parseJson(faulty)).toMatchObject({ line })
})
