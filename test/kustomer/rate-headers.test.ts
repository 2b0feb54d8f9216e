import { describe, expect, test } from 'vitest'
import {
  type Headers,
  isOneCustomersLimit,
  limitIn,
  remainingIn,
  secondsToReset,
} from '../../lib/kustomer/rate-headers.ts'

const nowMs = 1_800_000_000_000
const seconds = nowMs / 1000
const date = new Date(nowMs + 30_000).toUTCString()

describe('secondsToReset', () => {
  test.each<[string, Headers, number]>([
    ['epoch seconds', { 'x-ratelimit-reset': String(seconds + 42) }, 42],
    ['epoch seconds with a fraction', { 'x-ratelimit-reset': String(seconds + 41.2) }, 42],
    ['epoch milliseconds', { 'x-ratelimit-reset': String(nowMs + 9_500) }, 10],
    ['seconds from now', { 'x-ratelimit-reset': '17' }, 17],
    ['a moment that is over', { 'x-ratelimit-reset': String(seconds - 60) }, 5],
    ['a moment that is over, in milliseconds', { 'x-ratelimit-reset': String(nowMs - 1_000) }, 5],
    ['a date that is over', { 'retry-after': new Date(nowMs - 60_000).toUTCString() }, 5],
    [
      'a moment that is over beside one that is not',
      { 'x-ratelimit-reset': String(seconds - 60), 'retry-after': '2' },
      2,
    ],
    ['this moment', { 'x-ratelimit-reset': String(seconds) }, 1],
    ['0 seconds', { 'x-ratelimit-reset': '0' }, 1],
    ['retry-after in seconds', { 'retry-after': '8' }, 8],
    ['retry-after as a date', { 'retry-after': date }, 30],
    ['blanks around a number', { 'retry-after': ' 8 ' }, 8],
    ['the later of both', { 'x-ratelimit-reset': String(seconds + 5), 'retry-after': '9' }, 9],
    ['the one that can be read', { 'x-ratelimit-reset': 'soon', 'retry-after': '9' }, 9],
    ['no header', {}, 5],
    ['an empty header', { 'retry-after': '' }, 5],
    ['a word', { 'retry-after': 'soon' }, 5],
    ['a negative number', { 'retry-after': '-3' }, 5],
    ['a negative epoch', { 'x-ratelimit-reset': String(-seconds) }, 5],
    ['NaN', { 'x-ratelimit-reset': 'NaN' }, 5],
    ['Infinity', { 'x-ratelimit-reset': 'Infinity' }, 5],
    ['a number in another notation', { 'retry-after': '0x10' }, 5],
    ['two windows', { 'x-ratelimit-reset': String(seconds + 120) }, 120],
    ['a header given twice', { 'retry-after': ['3', '4'] }, 5],
  ])('%s', (_, headers, expected) => {
    expect(secondsToReset(headers, nowMs)).toBe(expected)
  })

  test.each([
    '121',
    '86400',
    String(seconds + 121),
    String(nowMs + 120_001),
    String(seconds + 86_400),
    String(nowMs * 1000),
    '9'.repeat(400),
    'Fri, 01 Jan 2100 00:00:00 GMT',
  ])('never stops requests for longer than two windows of the rate limit: %s', text => {
    expect(secondsToReset({ 'retry-after': text }, nowMs)).toBe(120)
  })
})

test.each<[Headers, boolean]>([
  [{ 'x-ratelimit-remaining': '3' }, true],
  [{ 'x-ratelimit-remaining': '0' }, false],
  [{}, false],
  [{ 'x-ratelimit-remaining': 'many' }, false],
])('a 429 with %j delays one customer only: %s', (headers, expected) => {
  expect(isOneCustomersLimit(headers)).toBe(expected)
})

test.each<[Headers['x'], number | undefined]>([
  ['1000', 1_000],
  [' 300 ', 300],
  ['0', undefined],
  ['-5', undefined],
  ['', undefined],
  ['many', undefined],
  ['Infinity', undefined],
  [['1000', '1000'], undefined],
  [undefined, undefined],
])('a limit of %j is %j', (value, expected) => {
  expect(limitIn({ 'x-ratelimit-limit': value })).toBe(expected)
})

test.each<[Headers['x'], number | undefined]>([
  ['184', 184],
  ['0', 0],
  [' 7 ', 7],
  ['-1', undefined],
  ['', undefined],
  ['many', undefined],
  ['NaN', undefined],
  ['9'.repeat(400), undefined],
  [['1', '2'], undefined],
  [undefined, undefined],
])('of remaining requests %j is %j', (value, expected) => {
  expect(remainingIn({ 'x-ratelimit-remaining': value })).toBe(expected)
})
