import { expect, test } from 'vitest'
import { assumed, costLines } from '../../tools/bench/cost-lines.ts'
import { costTable } from '../../tools/bench/cost-table.ts'
import type { DayUsage } from '../../tools/bench/relay-days.ts'
import { tableUnitsOf } from '../../tools/bench/table-units.ts'

/** A day of ten events, two of them in one invocation, with a call each. */
const day: DayUsage = {
  ...{ events: 10, calls: { record: 8, update: 2 }, invocations: 9, workerMs: 1_500, recordBytes: 500 },
  table: { personReads: 9, personWrites: 10, rateReads: 1, rateWrites: 10 },
}
const functions = { ingest: { cpuMs: 0, logBytes: 265 }, worker: { cpuMs: 0, logBytes: 600 } }

test('a million events cost what a day’s amounts come to at the prices', () => {
  const lines = costLines(day, functions)
  expect(lines['API Gateway']).toBe(1)
  expect(lines.SQS).toBeCloseTo((1 + 0.9 + 0.9) * 0.5)
  expect(lines['Lambda, requests']).toBeCloseTo(1.9 * 0.2)
  expect(lines['Lambda, ingest’s time']).toBeCloseTo(0.01 * 0.25 * 13.3334)
  expect(lines['DynamoDB, person records']).toBeCloseTo(0.9 * 0.125 + 0.625)
  expect(lines['DynamoDB, rate limit']).toBeCloseTo(0.1 * 0.125 + 0.625)
  expect(lines['CloudWatch Logs']).toBeCloseTo(0.5)
})

test('the worker waits for Kustomer and the table, and its processor time counts by its part of a processor', () => {
  const seconds = (dollars = 0) => dollars / 13.3334 / (384 / 1_024)
  const waiting = 0.15 + (1.8 + 1.1) * 0.006
  const handshake = ((0.9 * assumed.handshakeCpuMs) / 1_000) * (1_769 / 384)
  expect(seconds(costLines(day, functions)['Lambda, worker’s time'])).toBeCloseTo(waiting + handshake)
  const busy = { ...functions, worker: { cpuMs: 10, logBytes: 600 } }
  const busySeconds = seconds(costLines(day, busy)['Lambda, worker’s time'])
  expect(busySeconds).toBeCloseTo(waiting + handshake + 0.01 * (1_769 / 384))
})

test('units are rounded up for each item, and an item that is not there costs one', () => {
  expect(tableUnitsOf({ of: 'people', kind: 'write', bytes: [1_024] })).toEqual({ personWrites: 1 })
  expect(tableUnitsOf({ of: 'people', kind: 'write', bytes: [1_025] })).toEqual({ personWrites: 2 })
  expect(tableUnitsOf({ of: 'people', kind: 'read', bytes: [0, 4_096, 4_097] })).toEqual({ personReads: 4 })
  expect(tableUnitsOf({ of: 'rate', kind: 'write', bytes: [0] })).toEqual({ rateWrites: 1 })
})

test('the table has a column for each day and one for their mean', () => {
  const figure = {
    ...{ name: 'cost: SQS', value: 1.25, unit: '$', detail: '' },
    parts: { 'first day': 1.5, 'usual day': 1 },
  }
  const other = { name: 'calls: an event', value: 1, unit: '', detail: '' }
  expect(costTable([other, figure]).split('\n')).toEqual([
    '| service | first day | usual day | mean |',
    '|---|---|---|---|',
    '| SQS | $1.50 | $1.00 | $1.25 |',
  ])
})
