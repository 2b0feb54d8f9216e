import { describe, expect, test } from 'vitest'
import { type Call, transform } from '../../lib/index.ts'

const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`key_${i}`, `value ${i}`]))
const settings = { stampEvents: true }

function track(properties: Record<string, unknown>, event = 'Ordered'): Call {
  const originalTimestamp = '2026-11-24T10:00:00.000Z'
  return transform(
    { type: 'track', userId: 'u1', messageId: 'm1', originalTimestamp, event, properties },
    settings,
  )
}

function metaOf(call: Call) {
  return call.kind === 'recordEvent' ? (call.event.meta ?? {}) : {}
}

describe('a track of more than 100 properties', () => {
  test('keeps the stamps and the name', () => {
    const meta = metaOf(track(many, '注文'))
    expect(Object.keys(meta)).toHaveLength(100)
    expect(meta).toMatchObject({
      key_96: 'value 96',
      eventName: '注文',
      messageId: 'm1',
      originalTimestampAt: '2026-11-24T10:00:00.000Z',
    })
    expect(meta).not.toHaveProperty('key_97')
  })

  test('keeps a property with the key of a stamp, even if it is the last', () => {
    const meta = metaOf(track({ ...many, messageId: 'mine' }))
    expect(Object.keys(meta)).toHaveLength(100)
    expect(meta).toMatchObject({ messageId: 'mine', originalTimestampAt: '2026-11-24T10:00:00.000Z' })
  })

  test('uses up no key for a property that is left out', () => {
    const meta = metaOf(track({ 'a b': 'first', ...many, 'a-b': 'too late' }))
    expect(meta).toMatchObject({ 'a-b': 'first' })
    expect(meta).not.toHaveProperty('a-b_2')
  })

  test('has at most 100, even if many properties have the key of a stamp', () => {
    const meta = metaOf(track({ ' messageId': '1', ...many, ' messageId ': '2', messageId: '3' }))
    expect(Object.keys(meta)).toHaveLength(100)
    expect(meta).toMatchObject({ messageId: '1', originalTimestampAt: '2026-11-24T10:00:00.000Z' })
  })

  test('notes each property that is left out, once', () => {
    const call = track(many)
    const notes = call.kind === 'recordEvent' ? call.notes : []
    expect(notes.map(({ path, did }) => `${path} ${did}`)).toEqual(
      Array.from({ length: 52 }, (_, i) => `properties.key_${i + 98} left out`),
    )
  })
})

test('an event of 1,000 levels does not overflow, in either mode', () => {
  let deep: unknown = 'deep'
  for (let i = 0; i < 995; i++) deep = i % 2 ? [deep] : { a: deep }
  const traits = {
    avatar: deep,
    socials: deep,
    emails: [{ email: 'a@b.co', x: deep }],
    customObject: { deep },
  }
  for (const advancedTransform of [true, false]) {
    const identify = transform({ type: 'identify', userId: 'u1', traits }, { advancedTransform })
    expect(identify).toMatchObject({ customer: { emails: [{ email: 'a@b.co', type: 'home' }] } })
    const event = { type: 'track', userId: 'u1', event: 'Ordered', properties: { deep } }
    expect(transform(event, { advancedTransform })).toHaveProperty('event.meta.deep')
  }
})
