import fc from 'fast-check'
import { setOwn } from '../../../lib/transform/set-own.ts'
import { marks } from '../oracles/marks.ts'
import { hostileKey } from './hostile-key.ts'
import { hostileText } from './hostile-text.ts'

/** A text that `toText` writes as it is between the marks: numbers that JavaScript cannot write. */
const raw = (text: string) => `#raw:${text}#`

const numbers = fc.oneof(
  fc.constantFrom(0, -1, 0.5, 1e21, 1e-7, 5e-324, 1e308, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e15),
  fc.constantFrom(
    ...['-0', '1e400', '-1e400', '1.0', '1E+2', '9007199254740993', '0.1e-400', '1e16'].map(raw),
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

const leaf = fc.oneof(
  { weight: 3, arbitrary: hostileText(marks.value) },
  numbers,
  fc.boolean(),
  fc.constant(null),
)

/** An object with these own entries, one named `__proto__` too. */
function objectOf(entries: [string, unknown][]): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [key, value] of entries) setOwn(fields, key, value)
  return fields
}

function nested(levels: number, isObject: boolean, inside: unknown): unknown {
  let value = inside
  for (let i = 0; i < levels; i++) value = isObject ? { a: value } : [value]
  return value
}

const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 6 }),
    fc.array(fc.tuple(hostileKey, tie('value')), { maxLength: 6 }).map(objectOf),
  ),
}))

const deep = fc.oneof(
  fc
    .tuple(fc.constantFrom(5, 99, 250, 900), fc.boolean(), leaf)
    .map(([levels, isObject, inside]) => nested(levels, isObject, inside)),
  // Deeper than what can be cloned.
  fc
    .constantFrom(990, 1_001, 5_000, 100_000)
    .map(levels => raw(`${'['.repeat(levels)}1${']'.repeat(levels)}`)),
)
const wide = fc
  .tuple(
    fc.array(fc.tuple(hostileKey, leaf), { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 90, max: 130 }),
  )
  .map(([entries, count]) =>
    objectOf(
      Array.from({ length: count }, (_, i): [string, unknown] => {
        const [key, inside] = entries[i % entries.length] ?? ['', null]
        return [`${key}${i < entries.length ? '' : i}`, inside]
      }),
    ),
  )

/** Any hostile JSON value: texts, numbers at the limits, trees, deep and wide ones, own keys of built-ins. */
export const hostileValue = fc.oneof(
  { weight: 20, arbitrary: value },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: wide },
)

/** Writes a value as JSON, with the numbers that JavaScript cannot write. */
export function toText(given: unknown): string {
  return (JSON.stringify(given) ?? 'null').replace(/"#raw:([^"#]*)#"/g, '$1')
}
