import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { maskText } from '../../tools/mutation/mask-text.ts'
import { mutantsOf } from '../../tools/mutation/mutants.ts'

const changes = (source: string) => mutantsOf(source).map(({ from, to }) => `${from} -> ${to}`)

describe('a mutant', () => {
  test.each([
    ['const a = b === c', ['=== -> !==']],
    ['const a = b < 3', ['< -> <=', '< -> >', '3 -> 4']],
    ['const a = b >= c && !d', ['>= -> >', '>= -> <', '&& -> ||', '! -> ']],
    ['const a = b ?? c', ['?? -> &&']],
    ['const a = b\n  ? c\n  : d', ['? -> || true ?', '? -> && false ?']],
    ['const a = Math.max(b, c) - d', ['Math.max -> Math.min', '- -> +']],
    ['const a = b.some(c)', ['.some -> .every']],
    ['const a = { isB: true }', ['true -> false']],
    ['const a = 86_400', ['86_400 -> 86401']],
    ['f(a)', ['f(a) -> ']],
    ['a.b = c', ['a.b = c -> ']],
    ['if (a(b)) c(d)', ['a(b) -> true', 'a(b) -> false']],
    ['function f() {\n  return a\n}', ['return a -> return undefined']],
  ])('of %j changes one thing', (source, expected) => {
    expect(changes(source)).toEqual(expected)
  })

  test.each([
    "import { a } from 'b'",
    'const a: Map<string, 1 | true> = b',
    'interface A {\n  b: 1\n  c(): true\n}',
    "const a = 'b === c && true'",
    'const a = /[/"]+ === 1/.test(b)',
    '// f(a) === true\n/* 1 */',
    'const a = `b === c && 1`',
    'f(\n  a,\n  g(b),\n)',
  ])('of %j is none', source => {
    expect(changes(source)).toEqual([])
  })

  test('says on which line it is, and has all else as it was', () => {
    const [mutant] = mutantsOf('const a = b\n\nconst c: boolean = a !== b // why\n')
    expect(mutant).toMatchObject({ line: 3, source: 'const a = b\n\nconst c          = a === b // why\n' })
  })
})

test('masked code has every letter at its place, in every file of the library', () => {
  for (const file of globSync('lib/**/*.ts')) {
    const source = readFileSync(file, 'utf8')
    const masked = maskText(source)
    expect(masked.length).toBe(source.length)
    expect(masked.split('\n').length).toBe(source.split('\n').length)
    expect(masked).not.toMatch(/['"`]/)
  }
})
