import { describe, expect, test } from 'vitest'
import { maxSealedBytes } from '../../lib/queue/sqs.ts'
import { envelopeIn } from '../queue/envelope-in.ts'
import { acceptEvent, acceptText, bodyOf, identify, nested } from './accepting.ts'

describe('a refused event', () => {
  test.each<[string, unknown, string]>([
    ['that is a text', 'secret', 'NOT_AN_EVENT'],
    ['that is null', null, 'NOT_AN_EVENT'],
    ['that is a list', [identify], 'NOT_AN_EVENT'],
    ['without a type', { userId: 'secret', messageId: 'm1' }, 'MISSING_TYPE'],
    [
      'without a person',
      { type: 'identify', messageId: 'm1', traits: { email: 'secret' } },
      'MISSING_IDENTITY',
    ],
    ['with an id that is too long', { type: 'identify', userId: 'secret'.repeat(50) }, 'INVALID_IDENTITY'],
    ['that is a track without a name', { type: 'track', userId: 'secret', event: ' ' }, 'MISSING_EVENT_NAME'],
  ])('%s keeps its body, and the answer repeats nothing of it', (_, event, code) => {
    const accepted = acceptEvent(event)
    expect(accepted).toMatchObject({ kind: 'refused', refusal: { code } })
    if (accepted.kind !== 'refused') return
    const { message, issues } = accepted.refusal
    expect(JSON.stringify([message, issues])).not.toContain('secret')
    expect(envelopeIn(accepted.body).event).toEqual(
      typeof event === 'object' && event !== null && !Array.isArray(event)
        ? { ...event, messageId: accepted.messageId }
        : event,
    )
  })

  test('has 1,001 levels or more, and a stub as its dead letter', () => {
    const deep = (levels: number) => ({ ...identify, traits: { deep: nested(levels - 2) } })
    expect(acceptEvent(deep(1_000)).kind).toBe('queue')
    const accepted = acceptEvent(deep(1_001))
    expect(accepted).toMatchObject({ kind: 'refused', refusal: { code: 'TOO_DEEP' } })
    const { messageId } = accepted
    expect(messageId).toMatch(/^[0-9a-f]{32}$/)
    expect(bodyOf(accepted)).toMatchObject({ id: messageId, event: { messageId, reason: 'TOO_DEEP' } })
    expect(acceptEvent(deep(1_001)).messageId).toBe(messageId)
    const deepest = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(acceptText(deepest)).toMatchObject({ kind: 'refused', refusal: { code: 'TOO_DEEP' } })
  })

  test('has one byte too many or more, and a stub as its dead letter', () => {
    const sized = (bytes: number) => {
      const empty = acceptEvent({ ...identify, pad: '' })
      const free = bytes - (empty.kind === 'queue' ? Buffer.byteLength(empty.sealed.body) : 0)
      return acceptEvent({ ...identify, pad: 'x'.repeat(free) })
    }
    expect(sized(maxSealedBytes).kind).toBe('queue')
    const accepted = sized(maxSealedBytes + 1)
    expect(accepted).toMatchObject({ kind: 'refused', refusal: { code: 'TOO_LARGE' } })
    expect(bodyOf(accepted)?.event).toEqual({ messageId: 'm1', type: 'identify', reason: 'TOO_LARGE' })
  })

  test('is measured in bytes as they are stored', () => {
    expect(acceptEvent({ ...identify, pad: '😀'.repeat(100_000) }).kind).toBe('refused')
  })

  test('with a very long messageId has a small stub', () => {
    const accepted = acceptEvent({ ...identify, messageId: '😀'.repeat(500_000) })
    expect(accepted.kind === 'refused' && accepted.body.length).toBeLessThan(8_192)
  })
})
