import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'

/** Bytes as a JSON value: a text where they are UTF-8, else base64. */
export interface Bytes {
  bytes: string | { base64: string }
}

/** The bytes of a case. */
export function bufferOf(bytes: Bytes['bytes']): Buffer {
  return typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes.base64, 'base64')
}

/** One change of some bytes, at a place modulo their length. */
interface Change {
  at: number
  remove: number
  insert: string
}

/** Bytes that JSON, UTF-8 or a splitter of lists may stumble over, as latin1. */
const insertions = [
  ...[
    '',
    '"',
    '\\',
    '\\"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '[]',
    '{}',
    ',,',
    '\\u',
    '\\ud83d',
    '0',
    '-',
    '1e9',
    ' ',
    '\n',
  ],
  ...[
    '\x00',
    '\xff',
    '\xc3',
    '\xed\xa0\x80',
    '\xf0\x9f\x98\x80',
    '\xef\xbb\xbf',
    '\xc2\xa0',
    '//',
    '/**/',
    'NaN',
    "'",
  ],
]

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(3_000),
  remove: fc.constantFrom(0, 0, 1, 2, 50),
  insert: fc.constantFrom(...insertions),
})

/** The bytes of a text with a few hostile changes; with no changes too. */
export function hostileBytes(text: fc.Arbitrary<string>): fc.Arbitrary<Bytes['bytes']> {
  const changes = fc.oneof(
    { weight: 2, arbitrary: fc.constant<Change[]>([]) },
    fc.array(change, { maxLength: 4 }),
  )
  return fc.tuple(text, changes).map(([whole, list]) => bytesOf(changed(Buffer.from(whole), list)))
}

function changed(bytes: Buffer, changes: Change[]): Buffer {
  return changes.reduce((now, { at, remove, insert }) => {
    const place = at % (now.length + 1)
    return Buffer.concat([
      now.subarray(0, place),
      Buffer.from(insert, 'latin1'),
      now.subarray(place + remove),
    ])
  }, bytes)
}

function bytesOf(buffer: Buffer): Bytes['bytes'] {
  return isUtf8(buffer) ? buffer.toString() : { base64: buffer.toString('base64') }
}
