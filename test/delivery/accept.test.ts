import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Accepted, accept, isDeeperThan } from '../../lib/delivery/accept.ts'
import { openEnvelope } from '../../lib/delivery/envelope.ts'
import { maxSealedBytes } from '../../lib/delivery/queue.ts'

const atMs = Date.UTC(2026, 10, 1)
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const identify = { type: 'identify', userId: 'u1', messageId: 'm1', traits: { email: 'ada@example.com' } }

/** Lists in lists, `levels` in all. */
function nested(levels: number): unknown {
  let value: unknown = []
  for (let level = 1; level < levels; level++) value = [value]
  return value
}

function bodyOf(accepted: Accepted) {
  if (accepted.kind === 'ignored') throw new Error('nothing was sealed')
  return openEnvelope(accepted.kind === 'queue' ? accepted.sealed.body : accepted.body)
}

describe('an event that is queued', () => {
  test('is sealed whole, with the time of its arrival', () => {
    const accepted = accept(identify, atMs)
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
    const sealed = bodyOf(accept(event, atMs))
    expect(JSON.stringify(sealed?.event)).toContain('"__proto__":{"a":1}')
    expect({}).not.toHaveProperty('a')
  })

  test('with a number as messageId has it as text', () => {
    const accepted = accept({ ...identify, messageId: 7 }, atMs)
    expect(bodyOf(accepted)).toMatchObject({ id: '7', event: { messageId: '7' } })
  })

  test.each([[undefined], [''], ['  '], [null], [{}], [Number.NaN]])(
    'with %j as messageId gets one of its own, each another',
    messageId => {
      const [one, other] = [
        accept({ ...identify, messageId }, atMs),
        accept({ ...identify, messageId }, atMs),
      ]
      expect(one.messageId).toMatch(uuid)
      expect(one.messageId).not.toBe(other.messageId)
      expect(bodyOf(one)).toMatchObject({ id: one.messageId, event: { messageId: one.messageId } })
    },
  )

  test('of the same person has the same group, sent again the same deduplication id', () => {
    const [one, again, next] = [identify, identify, { ...identify, messageId: 'm2' }].map(event => {
      const accepted = accept(event, Math.random() * atMs)
      return accepted.kind === 'queue' ? accepted.sealed : undefined
    })
    expect(one?.groupId).toBe(next?.groupId)
    expect(one?.deduplicationId).toBe(again?.deduplicationId)
    expect(one?.deduplicationId).not.toBe(next?.deduplicationId)
  })
})

test.each(['group', 'alias', 'GROUP', 'audiencelist'])('an event of type %s is ignored', type => {
  expect(accept({ type, userId: 'u1', messageId: 'm1' }, atMs)).toMatchObject({
    kind: 'ignored',
    messageId: 'm1',
    type: type.toLowerCase(),
  })
})

describe('an event that is refused', () => {
  test.each<[string, unknown, string]>([
    ['a text', 'secret', 'NOT_AN_EVENT'],
    ['null', null, 'NOT_AN_EVENT'],
    ['a list', [identify], 'NOT_AN_EVENT'],
    ['no type', { userId: 'secret', messageId: 'm1' }, 'MISSING_TYPE'],
    ['nobody', { type: 'identify', messageId: 'm1', traits: { email: 'secret' } }, 'MISSING_IDENTITY'],
    ['too long an id', { type: 'identify', userId: 'secret'.repeat(50) }, 'INVALID_IDENTITY'],
    ['a track without a name', { type: 'track', userId: 'secret', event: ' ' }, 'MISSING_EVENT_NAME'],
  ])('for being %s keeps its body, and echoes nothing of it', (_, event, code) => {
    const accepted = accept(event, atMs)
    expect(accepted).toMatchObject({ kind: 'refused', refusal: { code } })
    if (accepted.kind !== 'refused') return
    const { message, issues } = accepted.refusal
    expect(JSON.stringify([message, issues])).not.toContain('secret')
    expect(openEnvelope(accepted.body)?.event).toEqual(
      typeof event === 'object' && event !== null && !Array.isArray(event)
        ? { ...event, messageId: accepted.messageId }
        : event,
    )
  })

  test('is so from level 1,001 on, with a stub for the dead letter', () => {
    const deep = (levels: number) => ({ ...identify, traits: { deep: nested(levels - 2) } })
    expect(accept(deep(1_000), atMs).kind).toBe('queue')
    const accepted = accept(deep(1_001), atMs)
    expect(accepted).toMatchObject({ kind: 'refused', refusal: { code: 'TOO_DEEP' } })
    expect(bodyOf(accepted)).toMatchObject({
      id: 'm1',
      event: { messageId: 'm1', type: 'identify', reason: 'TOO_DEEP' },
    })
    expect(accept(deep(100_000), atMs)).toMatchObject({ kind: 'refused', refusal: { code: 'TOO_DEEP' } })
  })

  test('is so from the first byte too many on, with a stub', () => {
    const sized = (bytes: number) => {
      const empty = accept({ ...identify, pad: '' }, atMs)
      const free = bytes - (empty.kind === 'queue' ? Buffer.byteLength(empty.sealed.body) : 0)
      return accept({ ...identify, pad: 'x'.repeat(free) }, atMs)
    }
    expect(sized(maxSealedBytes).kind).toBe('queue')
    const accepted = sized(maxSealedBytes + 1)
    expect(accepted).toMatchObject({ kind: 'refused', refusal: { code: 'TOO_LARGE' } })
    expect(bodyOf(accepted)?.event).toEqual({ messageId: 'm1', type: 'identify', reason: 'TOO_LARGE' })
  })

  test('for its size counts bytes as they are stored', () => {
    expect(accept({ ...identify, pad: '😀'.repeat(100_000) }, atMs).kind).toBe('refused')
  })

  test('with a monstrous messageId leaves a small stub', () => {
    const accepted = accept({ ...identify, messageId: '😀'.repeat(500_000) }, atMs)
    expect(accepted.kind === 'refused' && accepted.body.length).toBeLessThan(8_192)
  })
})

test('any JSON comes to one of the three ends, within a message', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ type: fc.string(), userId: fc.jsonValue() })), event => {
      const accepted = accept(event, atMs)
      if (accepted.kind === 'ignored') return
      const body = accepted.kind === 'queue' ? accepted.sealed.body : accepted.body
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(maxSealedBytes)
      expect(openEnvelope(body)?.id).toBe(accepted.messageId)
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
