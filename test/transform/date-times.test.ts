import { describe, expect, test } from 'vitest'
import { type RecordEvent, transform } from '../../lib/index.ts'

/** The result in `meta` for one property. */
function metaOf(key: string, value: unknown) {
  const properties = { [key]: value }
  const call = transform({ type: 'track', userId: 'u1', event: 'Ordered', properties })
  return (call as RecordEvent).event.meta
}

describe('a text that is a date-time is sent as one', () => {
  test.each([
    ['2020-02-02T00:23:09.544Z', '2020-02-02T00:23:09.544Z', "exactly Kustomer's form"],
    ['2020-02-02T00:23:09Z', '2020-02-02T00:23:09Z', 'no fraction is needed'],
    ['2020-02-02T00:23:09.123456789Z', '2020-02-02T00:23:09.123456789Z', 'nor is it limited'],
    ['2020-02-02T00:23:09+05:30', '2020-02-02T00:23:09+05:30', 'an offset stays'],
    ['2020-02-02T00:23:09-0530', '2020-02-02T00:23:09-0530', 'also without its colon'],
    ['2020-02-02', '2020-02-02T00:00:00.000Z', 'a bare date is its first moment in UTC'],
    ['2020-02-02T10:11', '2020-02-02T10:11:00.000Z', 'no seconds, no zone'],
    ['2020-02-02 10:11:12', '2020-02-02T10:11:12.000Z', 'a blank for the T'],
    ['2020-02-02t10:11:12z', '2020-02-02T10:11:12.000Z', 'letters in any case'],
    ['2020-02-02 10:11:12.98765+0100', '2020-02-02T09:11:12.987Z', 'rewritten, cut to milliseconds'],
    ['2020-02-02T10:11:12.5', '2020-02-02T10:11:12.500Z', 'half a second'],
    ['2020-02-02T10:11Z', '2020-02-02T10:11:00.000Z', 'seconds are added'],
    ['2020-01-01 00:30+23:59', '2019-12-31T00:31:00.000Z', 'the largest offset'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z', 'a leap day'],
    ['2000-02-29', '2000-02-29T00:00:00.000Z', 'of a century that has one'],
    ['0000-01-01', '0000-01-01T00:00:00.000Z', 'the first year'],
    ['0099-12-31', '0099-12-31T00:00:00.000Z', 'a year below 100 is no year of the 20th century'],
    ['9999-12-31T23:59:59', '9999-12-31T23:59:59.000Z', 'the last moment'],
  ])('%s as %s: %s', (given, sent) => {
    expect(metaOf('when', given)).toEqual({ whenAt: sent })
  })
})

describe('a text that is not a date-time stays text', () => {
  test.each([
    '2020',
    '2020-02',
    '1234',
    '9999-99-99',
    '2020-02-30',
    '2021-02-29',
    '1900-02-29',
    '2020-04-31',
    '2020-00-10',
    '2020-10-00',
    '2020-02-02T24:00',
    '2020-02-02T10:60',
    '2020-02-02T10:11:60',
    '2020-02-02T10:11:12+24:00',
    '2020-02-02T10:11:12+01:60',
    '2020-02-02T10:11:12+01',
    '2020-02-02T10',
    '2020-02-02T10:11:12.Z',
    '2020-02-02  10:11',
    ' 2020-02-02',
    '2020-02-02 ',
    '2020-02-02\n',
    '+002020-02-02',
    '20200202',
    '02-02-2020',
    '2020/02/02',
    '２０２０-02-02',
    '0000-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '1580602989544',
  ])('%j', text => {
    expect(metaOf('when', text)).toEqual({ when: text })
  })
})
