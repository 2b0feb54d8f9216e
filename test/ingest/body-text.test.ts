import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bodyBytes, bodyText } from '../../lib/ingest/body-text.ts'

const base64 = (...bytes: number[]) => ({
  body: Buffer.from(bytes).toString('base64'),
  isBase64Encoded: true,
})

test('a text is returned as it was sent, encoded or not', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const wellFormed = text.toWellFormed()
      expect(bodyText({ body: wellFormed })).toBe(wellFormed)
      const body = Buffer.from(wellFormed).toString('base64')
      expect(bodyText({ body, isBase64Encoded: true })).toBe(wellFormed)
    }),
  )
})

test.each([
  ['a byte that begins nothing', base64(0x7b, 0xff, 0x7d)],
  ['a sequence that is cut off', base64(0x22, 0xc3, 0x22)],
  ['a surrogate in bytes', base64(0xed, 0xa0, 0x80)],
  ['half a pair in a text', { body: '"\ud83d"' }],
])('%s is not UTF-8', (_, given) => {
  expect(bodyText(given)).toBeUndefined()
})

test.each([
  ['nothing', {}, ''],
  ['null', { body: null }, ''],
  ['a byte order mark', { body: '\ufeff{}' }, '{}'],
  ['one in bytes', base64(0xef, 0xbb, 0xbf, 0x7b, 0x7d), '{}'],
  ['an escaped half of a pair, which JSON may hold', { body: '"\\ud83d"' }, '"\\ud83d"'],
  ['a replacement character that was sent', { body: '"\ufffd"' }, '"\ufffd"'],
])('%s is read as text', (_, given, expected) => {
  expect(bodyText(given)).toBe(expected)
})

test('the bytes of a body are those that were sent, encoded or not', () => {
  const bytes = Buffer.from('\ufeff{"name":"Zoë"}')
  expect(bodyBytes({ body: bytes.toString() })).toEqual(bytes)
  expect(bodyBytes({ body: bytes.toString('base64'), isBase64Encoded: true })).toEqual(bytes)
  expect(bodyBytes({})).toEqual(Buffer.alloc(0))
})
