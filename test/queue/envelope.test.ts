import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  deadLetterIdOf,
  deduplicationIdOf,
  groupIdOf,
  openEnvelope,
  sealEnvelope,
} from '../../lib/queue/envelope.ts'

const sealed = (event: unknown, receivedAt = '2026-11-01T00:00:00.000Z') =>
  sealEnvelope({ version: 1, id: 'm1', receivedAt, event })

/** Any UTF-16 units. Units that queues and emulators treat specially are more frequent. */
const awkward = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0xfffe, 0xffff, 0xd83d, 0xde00, 0xd800, 0xdfff, 0x22, 0x5c, 0),
    ),
  )
  .map(units => String.fromCharCode(...units))
const json = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    awkward,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.array(tie('value')),
    fc.dictionary(awkward, tie('value')),
  ),
})).value

describe('sealEnvelope and openEnvelope', () => {
  test('return any content that was sealed', () => {
    fc.assert(
      fc.property(json, awkward, (event, id) => {
        const envelope = { version: 1 as const, id, receivedAt: '2026-11-01T00:00:00.000Z', event }
        expect(openEnvelope(sealEnvelope(envelope))).toEqual({ kind: 'envelope', envelope })
      }),
    )
  })

  test('the body has only characters that SQS and its emulators accept', () => {
    fc.assert(
      fc.property(json, event => {
        expect(sealed(event)).not.toMatch(/[\ud800-\udfff\ufffe\uffff]/)
      }),
    )
  })

  test.each([
    ['no JSON', '{"version":1'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '2'],
    ['a list', '[]'],
    ['a bare event', '{"type":"track"}'],
    ['a version that is no number', '{"version":"2","id":"a","receivedAt":"x","event":{}}'],
    ['a version that never was', '{"version":0,"id":"a","receivedAt":"x","event":{}}'],
    ['a version that is no whole number', '{"version":1.5,"id":"a","receivedAt":"x","event":{}}'],
    ['an id that is no text', '{"version":1,"id":7,"receivedAt":"x","event":{}}'],
    ['no id', '{"version":1,"receivedAt":"x","event":{}}'],
    ['a time that is no text', '{"version":1,"id":"a","receivedAt":7,"event":{}}'],
    ['no time', '{"version":1,"id":"a","event":{}}'],
    ['no event', '{"version":1,"id":"a","receivedAt":"x"}'],
    ['an event that is only inherited', '{"version":1,"id":"a","receivedAt":"x","__proto__":{"event":{}}}'],
  ])('%s is unreadable', (_, body) => {
    expect(openEnvelope(body)).toEqual({ kind: 'unreadable' })
  })

  test.each([
    '{"version":2,"id":"a","receivedAt":"x","event":{}}',
    '{"version":2}',
    '{"version":10,"id":7,"body":"in a form of its own"}',
  ])('a newer version is not "unreadable": %s', body => {
    expect(openEnvelope(body)).toEqual({ kind: 'unknownVersion' })
  })
})

describe('ids', () => {
  const identity = { externalId: 'u1', messageId: 'm1', type: 'track', name: 'A', content: [{ a: 1 }] }

  test('a group has 64 hex digits and does not contain the person', () => {
    expect(groupIdOf('ada@example.com', 'salt')).toMatch(/^[0-9a-f]{64}$/)
  })

  test('a group belongs to one stack: it cannot be found by trying external ids without the salt', () => {
    const hmac = createHmac('sha256', 'salt').update('u1').digest('hex')
    expect(groupIdOf('u1', 'salt')).toBe(hmac)
    expect(groupIdOf('u1', 'another')).not.toBe(hmac)
    expect(createHash('sha256').update('u1').digest('hex')).not.toBe(hmac)
  })

  test('a repeated event has the same deduplication id', () => {
    expect(deduplicationIdOf(identity)).toBe(deduplicationIdOf({ ...identity, content: [{ a: 1 }] }))
  })

  test.each([
    ['person', { externalId: 'u2' }],
    ['message', { messageId: 'm2' }],
    ['type', { type: 'page' }],
    ['name', { name: 'B' }],
    ['content', { content: [{ a: 2 }] }],
  ])('another %s gives another deduplication id', (_, other) => {
    expect(deduplicationIdOf({ ...identity, ...other })).not.toBe(deduplicationIdOf(identity))
  })

  test('a dead letter has the same id each time the request arrives', () => {
    const event = { note: '"receivedAt":"never"' }
    const first = deadLetterIdOf(sealed(event, '2026-11-01T00:00:00.000Z'))
    expect(deadLetterIdOf(sealed(event, '2026-11-01T00:00:07.000Z'))).toBe(first)
    expect(deadLetterIdOf(sealed({ note: 'another' }))).not.toBe(first)
  })
})
