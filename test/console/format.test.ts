import { expect, test } from 'vitest'
import { clock, zone } from '../../tools/console/web/parts/format.ts'

test.each([
  [0, 'UTC'],
  [-120, 'UTC+02:00'],
  [-345, 'UTC+05:45'],
  [210, 'UTC-03:30'],
])('an offset of %i minutes is %s', (offset, text) => {
  expect(zone({ getTimezoneOffset: () => offset })).toBe(text)
})

test('a time of today is a time of day, and one of another day has its date', () => {
  expect(clock(Date.now())).toMatch(/^\d\d:\d\d:\d\d$/)
  expect(clock(new Date(2026, 0, 2, 3, 4, 5).getTime())).toBe('2026-01-02 03:04:05')
})
