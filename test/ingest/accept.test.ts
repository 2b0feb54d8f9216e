import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxSealedBytes } from '../../lib/queue/sqs.ts'
import { envelopeIn } from '../queue/envelope-in.ts'
import { acceptEvent, acceptText, atMs, bodyOf, identify } from './accepting.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

describe('an event that is queued', () => {
  test('is sealed completely, with the time of its arrival', () => {
    const accepted = acceptEvent(identify)
    expect(accepted).toMatchObject({ kind: 'queue', messageId: 'm1', type: 'identify' })
    expect(bodyOf(accepted)).toEqual({
      version: 1,
      id: 'm1',
      receivedAt: '2026-11-01T00:00:00.000Z',
      event: identify,
    })
  })

  test('keeps keys with a special meaning in JavaScript', () => {
    const text = '{"type":"track","event":"x","userId":"u1","messageId":"m1","__proto__":{"a":1}}'
    const sealed = bodyOf(acceptText(text))
    expect(JSON.stringify(sealed?.event)).toContain('"__proto__":{"a":1}')
    expect({}).not.toHaveProperty('a')
  })

  test('with a number as messageId gets it as text', () => {
    const accepted = acceptEvent({ ...identify, messageId: 7 })
    expect(bodyOf(accepted)).toMatchObject({ id: '7', event: { messageId: '7' } })
  })

  test('with a number as messageId that JSON has rounded gets a new messageId', () => {
    const [one, other] = ['9007199254740993', '9007199254740992'].map(number =>
      acceptText(`{"type":"identify","userId":"u1","messageId":${number}}`),
    )
    expect(one?.messageId).toMatch(uuid)
    expect(one?.messageId).not.toBe(other?.messageId)
  })

  test('marks an id that JSON has rounded', () => {
    const sealed = bodyOf(acceptText('{"type":"identify","userId":9007199254740993}'))
    expect(Number.isSafeInteger(Object(sealed.event).userId)).toBe(false)
  })

  test.each([[undefined], [''], ['  '], [null], [{}]])(
    'with %j as messageId gets a new one, each a different one',
    messageId => {
      const [one, other] = [acceptEvent({ ...identify, messageId }), acceptEvent({ ...identify, messageId })]
      expect(one.messageId).toMatch(uuid)
      expect(one.messageId).not.toBe(other.messageId)
      expect(bodyOf(one)).toMatchObject({ id: one.messageId, event: { messageId: one.messageId } })
    },
  )

  test('of the same person has the same group, and sent again has the same deduplication id', () => {
    const [one, again, next] = [identify, identify, { ...identify, messageId: 'm2' }].map(event => {
      const accepted = acceptEvent(event, Math.random() * atMs)
      return accepted.kind === 'queue' ? accepted.sealed : undefined
    })
    expect(one?.groupId).toBe(next?.groupId)
    expect(one?.deduplicationId).toBe(again?.deduplicationId)
    expect(one?.deduplicationId).not.toBe(next?.deduplicationId)
  })
})

test.each(['group', 'alias', 'GROUP', 'audiencelist'])('an event of type %s is ignored', type => {
  expect(acceptEvent({ type, userId: 'u1', messageId: 'm1' })).toMatchObject({
    kind: 'ignored',
    messageId: 'm1',
    type: type.toLowerCase(),
  })
})

test('any JSON has one of the three results, and fits into a message', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ type: fc.string(), userId: fc.jsonValue() })), event => {
      const accepted = acceptEvent(event)
      if (accepted.kind === 'ignored') return
      const body = accepted.kind === 'queue' ? accepted.sealed.body : accepted.body
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(maxSealedBytes)
      expect(envelopeIn(body).id).toBe(accepted.messageId)
    }),
  )
})
