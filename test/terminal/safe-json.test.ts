import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeJson } from '../../tools/terminal/safe-json.ts'

/** Characters that change what a terminal shows: controls, bidirectional and other format characters, separators. */
const unsafe = /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const anyJson = fc.jsonValue({ stringUnit: 'binary' })

describe('safeJson', () => {
  test('keeps the value, and has no character that a terminal obeys', () => {
    fc.assert(
      fc.property(anyJson, fc.constantFrom('line', 'indented'), (value, form) => {
        const json = safeJson(value, form)
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(json.replaceAll('\n', '')).not.toMatch(unsafe)
        if (form === 'line') expect(json).not.toContain('\n')
      }),
    )
  })

  test.each(['\u001b[2J', '\u009b31m', '\u202eevil', '\u2066x\u2069', '\u200f', '\u2028', '\u{e0041}'])(
    'escapes %j in names and values',
    text => {
      expect(safeJson({ [text]: text }, 'line')).toMatch(/^[ -~]+$/)
      expect(safeJson({ [text]: text })).toMatch(/^[ -~\n]+$/)
    },
  )

  test('indents by two blanks a level', () => {
    expect(safeJson({ a: [1, '],{'] })).toBe('{\n  "a": [\n    1,\n    "],{"\n  ]\n}')
  })

  test('a long list at a great depth comes in one line, not as a text of gigabytes', () => {
    const list: unknown = new Array(100_000).fill(0)
    const deep = Array.from({ length: 990 }).reduce(inner => [inner], list)
    expect(safeJson(deep)).toBe(JSON.stringify(deep))
    expect(safeJson('",[{'.repeat(1_000_000))).toHaveLength(5_000_002)
  })
})

describe('commands', () => {
  const files = globSync('tools/**/*.ts').map(path => path.replaceAll('\\', '/'))
  const commands = files.filter(file => /--json/.test(readFileSync(file, 'utf8')))

  test('print JSON with safeJson only', () => {
    expect(commands.length).toBeGreaterThan(7)
    const printed = files.flatMap(file =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter(line => /(printLine\(|out\.write\(|json \?).*JSON\.stringify/i.test(line))
        .map(line => `${file}: ${line.trim()}`),
    )
    expect(printed).toEqual([])
  })
})
