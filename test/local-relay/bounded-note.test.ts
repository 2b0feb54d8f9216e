import { expect, test } from 'vitest'
import { boundedNote } from '../../tools/local-relay/bounded-note.ts'

test('a note keeps at most 4,096 characters of each text, and all else', () => {
  const message = { eventId: `${'😀'.repeat(500_000)}`, event: 'track Cart', end: 'queued' as const }
  const { kind, message: kept } = boundedNote({ kind: 'accepted', message })
  expect([kind, kept]).toEqual(['accepted', { ...message, eventId: '😀'.repeat(2_048) }])
})

test('a note of usual length stays as it is', () => {
  const message = { method: 'GET', url: 'http://x/y', template: '/y', status: 200, ms: 1.5, event: 'e' }
  const note = { kind: 'call' as const, message: { ...message, messageId: 'm' } }
  expect(boundedNote(note)).toEqual(note)
})
