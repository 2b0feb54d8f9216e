import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accept, isDeeperThan } from '../../lib/ingest/accept.ts'
import { maxSealedBytes } from '../../lib/queue/sqs.ts'
import { envelopeIn } from '../queue/envelope-in.ts'
import { atMs, bodyOf, identify, salt } from './accepting.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

describe('an event that is queued', () => {
  test('is sealed whole, with the time of its arrival', () => {
    const accepted = accept(identify, atMs, salt)
    expect(accepted).toMatchObject({ kind: 'queue', messageId: 'm1', type: 'identify' })
    expect(bodyOf(accepted)).toEqual({
      version: 1,
      id: 'm1',
      receivedAt: '2026-11-01T00:00:00.000Z',
      event: identify,
    })
  })

  test('keeps keys that mean something to the language', () => {
    const event = JSON.parse(
      '{"type":"track","event":"x","userId":"u1","messageId":"m1","__proto__":{"a":1}}',
    )
    const sealed = bodyOf(accept(event, atMs, salt))
    expect(JSON.stringify(sealed?.event)).toContain('"__proto__":{"a":1}')
    expect({}).not.toHaveProperty('a')
  })

  test('with a number as messageId has it as text', () => {
    const accepted = accept({ ...identify, messageId: 7 }, atMs, salt)
    expect(bodyOf(accepted)).toMatchObject({ id: '7', event: { messageId: '7' } })
  })

  test.each([[undefined], [''], ['  '], [null], [{}], [Number.NaN]])(
    'with %j as messageId gets one of its own, each another',
    messageId => {
      const [one, other] = [
        accept({ ...identify, messageId }, atMs, salt),
        accept({ ...identify, messageId }, atMs, salt),
      ]
      expect(one.messageId).toMatch(uuid)
      expect(one.messageId).not.toBe(other.messageId)
      expect(bodyOf(one)).toMatchObject({ id: one.messageId, event: { messageId: one.messageId } })
    },
  )

  test('of the same person has the same group, sent again the same deduplication id', () => {
    const [one, again, next] = [identify, identify, { ...identify, messageId: 'm2' }].map(event => {
      const accepted = accept(event, Math.random() * atMs, salt)
      return accepted.kind === 'queue' ? accepted.sealed : undefined
    })
    expect(one?.groupId).toBe(next?.groupId)
    expect(one?.deduplicationId).toBe(again?.deduplicationId)
    expect(one?.deduplicationId).not.toBe(next?.deduplicationId)
  })
})

test.each(['group', 'alias', 'GROUP', 'audiencelist'])('an event of type %s is ignored', type => {
  expect(accept({ type, userId: 'u1', messageId: 'm1' }, atMs, salt)).toMatchObject({
    kind: 'ignored',
    messageId: 'm1',
    type: type.toLowerCase(),
  })
})

test('any JSON comes to one of the three ends, within a message', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ type: fc.string(), userId: fc.jsonValue() })), event => {
      const accepted = accept(event, atMs, salt)
      if (accepted.kind === 'ignored') return
      const body = accepted.kind === 'queue' ? accepted.sealed.body : accepted.body
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(maxSealedBytes)
      expect(envelopeIn(body).id).toBe(accepted.messageId)
    }),
  )
})

test.each([
  [7, 0, false],
  [[], 1, false],
  [[], 0, true],
  [{ a: [{}] }, 3, false],
  [{ a: [{}] }, 2, true],
])('%j is deeper than %i: %s', (value, levels, expected) => {
  expect(isDeeperThan(levels, value)).toBe(expected)
})
