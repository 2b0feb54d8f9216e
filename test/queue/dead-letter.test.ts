import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { version } from '../../lib/policy.ts'
import { attributesOf, type DeadLetter, readAttributes } from '../../lib/queue/dead-letter.ts'

const deadLetter: DeadLetter = {
  body: '{}',
  code: 'REJECTED',
  why: 'badparam',
  status: 400,
  attempts: 2,
  failedAtMs: Date.UTC(2026, 10, 1),
  eventType: 'track',
  eventName: 'Order Completed',
  messageId: 'm1',
  groupId: 'g1',
}
const text = (StringValue: string) => ({ DataType: 'String', StringValue })

describe('attributesOf', () => {
  test('are the ten of a dead letter', () => {
    expect(attributesOf(deadLetter)).toEqual({
      ERROR_CODE: text('REJECTED'),
      ERROR_MESSAGE: text('badparam'),
      HTTP_STATUS: text('400'),
      FAILED_AT: text('2026-11-01T00:00:00.000Z'),
      ATTEMPTS: text('2'),
      EVENT_TYPE: text('track'),
      EVENT_NAME: text('Order Completed'),
      MESSAGE_ID: text('m1'),
      GROUP_ID: text('g1'),
      APP_VERSION: text(version),
    })
  })

  test('leave out unknown values', () => {
    const { status, eventType, eventName, messageId, groupId, ...bare } = deadLetter
    expect(Object.keys(attributesOf({ ...bare, why: ' ' }))).toEqual([
      'ERROR_CODE',
      'FAILED_AT',
      'ATTEMPTS',
      'APP_VERSION',
    ])
  })

  test('are at most ten strings of 1 to 256 characters that SQS accepts, for any values', () => {
    const any = fc.string({ unit: 'binary', maxLength: 260 }).map(s => `${s}\ud800\u0000\ufffe`)
    fc.assert(
      fc.property(any, any, any, any, (why, eventName, messageId, groupId) => {
        const values = Object.values(attributesOf({ ...deadLetter, why, eventName, messageId, groupId }))
        expect(values.length).toBeLessThanOrEqual(10)
        for (const { StringValue } of values)
          expect(StringValue).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd]{1,256}$/)
      }),
      { numRuns: 30 },
    )
  })
})

test('a dead letter that was replayed has the number of replays, next to the version', () => {
  const attributes = attributesOf({ ...deadLetter, replays: 2 })
  expect(attributes.APP_VERSION).toEqual(text(`${version} replay 2`))
  expect(readAttributes(attributes)).toMatchObject({ version, replays: 2 })
  expect(Object.keys(attributes)).toHaveLength(10)
})

describe('readAttributes', () => {
  test('returns what was written', () => {
    const { body, ...written } = deadLetter
    expect(readAttributes(attributesOf(deadLetter))).toEqual({ ...written, version })
  })

  test('leaves out values that are missing, blank or of a wrong type', () => {
    expect(readAttributes(undefined)).toEqual({})
    const attributes = { ERROR_CODE: text(' '), HTTP_STATUS: text('many'), FAILED_AT: text('never') }
    expect(readAttributes({ ...attributes, ATTEMPTS: text('0'), OTHER: text('x') })).toEqual({ attempts: 0 })
    expect(readAttributes({ APP_VERSION: text('a replay of x') })).toEqual({ version: 'a replay of x' })
    expect(readAttributes({ MESSAGE_ID: { DataType: 'Binary' } })).toEqual({})
  })
})
