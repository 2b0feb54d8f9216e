import { expect, test } from 'vitest'
import { readAnswerBody } from '../../lib/kustomer/answer-body.ts'

const page = '<html><body>Bad gateway</body></html>'
const own = {}
const foreign = { isForeign: true }

test.each<[string, number, string | undefined, string, object]>([
  ['JSON', 200, 'application/json', '{"data":{"id":"x"}}', { body: { data: { id: 'x' } } }],
  ['JSON without a type', 200, undefined, '{"data":{}}', { body: { data: {} } }],
  ['JSON after a byte order mark', 200, 'application/json', '\ufeff{"a":1}', { body: { a: 1 } }],
  ['no body', 204, undefined, '', own],
  ['no body, of a 204 that names a type', 204, 'text/html', '', own],
  ['an empty body', 201, 'application/json', '', own],
  ['blanks alone', 200, 'text/plain', ' \r\n', own],
  ['JSON that was cut off', 201, 'application/json', '{"data":{"type":"cust', own],
  ['JSON that was cut off at once', 201, 'application/json', '{', own],
  ['a list that was cut off', 200, undefined, '[{"a', own],
  ['a page', 200, 'text/html', page, foreign],
  ['a page, its type in other letters', 200, 'Text/HTML; charset=utf-8', page, foreign],
  ['a page that calls itself JSON', 200, 'application/json', page, foreign],
  ['a page that has no type', 201, undefined, `\n${page}`, foreign],
  ['a page that was cut off before it began', 200, 'text/html', '', foreign],
  ['JSON that calls itself a page', 200, 'text/html', '{"data":{}}', foreign],
  ['a text', 200, 'text/plain', 'OK', foreign],
])('%s', (_, status, type, text, expected) => {
  const headers = type === undefined ? {} : { 'content-type': type }
  expect(readAnswerBody(text, status, headers)).toEqual({ body: undefined, ...expected })
})
