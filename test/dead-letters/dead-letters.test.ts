import { describe, expect, test } from 'vitest'
import { type DeadLetterMessage, readDeadLetter } from '../../tools/dead-letters/dead-letter-message.ts'
import { filterDeadLetters, momentOf } from '../../tools/dead-letters/filter.ts'
import { deadLetterById, shortIdsOf } from '../../tools/dead-letters/ids.ts'
import { prepareReplay } from '../../tools/dead-letters/prepare.ts'
import { groupOf, sealedTrack, startMs } from './rig.ts'

const base: DeadLetterMessage = {
  id: '',
  body: '',
  code: 'REJECTED',
  reason: '',
  failedAtMs: startMs,
  sentAtMs: startMs,
  sequence: '1',
}

describe('readDeadLetter', () => {
  const sent = { SentTimestamp: '1000', SequenceNumber: '7' }
  const text = (StringValue: string) => ({ DataType: 'String', StringValue })
  test.each([
    [
      'reads what SQS moved by itself from its body',
      {
        Body: sealedTrack('ann', 1),
        Attributes: { ...sent, DeadLetterQueueSourceArn: 'arn', MessageGroupId: 'g' },
      },
      {
        code: 'REDRIVEN',
        groupId: 'g',
        eventType: 'track',
        eventName: 'Order Completed',
        eventId: 'ann-1',
        failedAtMs: 1000,
      },
    ],
    [
      'has the code UNKNOWN if it has no reason',
      { Body: '\u0000 no json', Attributes: sent },
      { code: 'UNKNOWN', body: '\u0000 no json', failedAtMs: 1000, sequence: '7' },
    ],
    [
      'prefers what is written on it, and passes over what cannot be read',
      {
        Body: sealedTrack('ann', 1),
        Attributes: sent,
        MessageAttributes: {
          ERROR_CODE: text('CONFLICT'),
          EVENT_TYPE: text('page'),
          HTTP_STATUS: text('many'),
          FAILED_AT: text('never'),
          ATTEMPTS: text('4'),
          GROUP_ID: text('g'),
          APP_VERSION: text('0.9.0 replay 3'),
        },
      },
      {
        code: 'CONFLICT',
        eventType: 'page',
        failedAtMs: 1000,
        attempts: 4,
        groupId: 'g',
        version: '0.9.0',
        replays: 3,
      },
    ],
    ['survives a message without anything', {}, { id: '', body: '', code: 'UNKNOWN', failedAtMs: 0 }],
  ])('%s', (_, message, expected) => {
    const deadLetter = readDeadLetter(message)
    expect(deadLetter).toMatchObject(expected)
    expect(deadLetter).not.toHaveProperty('status')
  })

  test.each([
    'null',
    '[]',
    '{"version":2,"id":"i","event":{}}',
    '{"version":1,"id":"i","receivedAt":"x","event":null}',
    '"x"',
    '',
  ])('parses a dead letter whose body is %s, and does not replay it', Body => {
    const deadLetter = readDeadLetter({ Body, MessageId: 'm' })
    expect(deadLetter).toMatchObject({ id: 'm', body: Body, code: 'UNKNOWN' })
    expect(prepareReplay([deadLetter])).toEqual([{ kind: 'stuck', deadLetter, why: expect.any(String) }])
  })
})

describe('ids', () => {
  const ids = ['aaaaaaaa-1111', 'aaaaaaaa-1222', 'bbbbbbbb-0000']
  const deadLetters = ids.map((id, i) => ({ ...base, id, eventId: i === 2 ? 'e-1' : 'twice' }))

  test('have eight characters, and more only if two have the same start', () => {
    expect([...shortIdsOf(deadLetters.map(({ id }) => id)).values()]).toEqual([
      'aaaaaaaa-11',
      'aaaaaaaa-12',
      'bbbbbbbb',
    ])
  })

  test('may be typed as any unique prefix, or as messageId', () => {
    for (const { id } of deadLetters)
      expect(deadLetterById(deadLetters, shortIdsOf(deadLetters.map(({ id }) => id)).get(id) ?? '').id).toBe(
        id,
      )
    expect(deadLetterById(deadLetters, 'BBBB').id).toBe(ids[2])
    expect(deadLetterById(deadLetters, 'e-1').id).toBe(ids[2])
  })

  test.each([
    ['aaaaaaaa', 'matches aaaaaaaa-11, aaaaaaaa-12'],
    ['twice', 'matches aaaaaaaa-11, aaaaaaaa-12'],
    ['bbb', 'No dead letter'],
    ['', 'No dead letter'],
    ['cccc', 'No dead letter'],
  ])('%j is refused with a reason', (typed, words) => {
    expect(() => deadLetterById(deadLetters, typed)).toThrow(words)
    expect(() => filterDeadLetters(deadLetters, { ids: [typed] })).toThrow(words)
  })
})

describe('momentOf', () => {
  const now = Date.UTC(2026, 10, 23, 12)
  test.each([
    ['90s', now - 90_000],
    ['30m', now - 1_800_000],
    ['1.5h', now - 5_400_000],
    ['3d', now - 259_200_000],
    ['1W', now - 604_800_000],
    ['2026-11-23', Date.UTC(2026, 10, 23)],
    ['2026-11-23T09:30Z', Date.UTC(2026, 10, 23, 9, 30)],
    ['2026-13-40', undefined],
    ['yesterday', undefined],
    ['5', undefined],
    ['', undefined],
  ])('%j', (text, expected) => expect(momentOf(text, now)).toBe(expected))
})

describe('prepareReplay', () => {
  test('sorts by arrival at ingest, then by sending time, then by sequence number', () => {
    const at = (id: string, n: number, sentAtMs: number, sequence: string): DeadLetterMessage => ({
      ...base,
      id,
      body: sealedTrack('ann', n),
      sentAtMs,
      sequence,
    })
    const deadLetters = [at('d', 2, 1, '1'), at('c', 1, 5, '8'), at('b', 1, 5, '7'), at('a', 1, 4, '9')]
    const prepared = prepareReplay(deadLetters)
    expect(prepared.map(({ deadLetter }) => deadLetter.id)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('keeps the message group of the dead letter, because only the stack knows the salt', () => {
    const groupsOf = (...deadLetters: DeadLetterMessage[]) =>
      prepareReplay(deadLetters).map(one => one.kind === 'ready' && one.groupId)
    const own = { ...base, id: 'a', body: sealedTrack('ann', 1), groupId: groupOf('ann') }
    expect(groupsOf(own)).toEqual([groupOf('ann')])
    const { groupId, ...without } = own
    const [one, other, ofBob] = groupsOf(
      without,
      { ...without, id: 'b', body: sealedTrack('ann', 2) },
      { ...without, id: 'c', body: sealedTrack('bob', 3) },
    )
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    expect([other === one, ofBob === one]).toEqual([true, false])
  })

  test('says why an event cannot be replayed, without its values', () => {
    const why = (event: unknown) => {
      const body = JSON.stringify({ version: 1, id: 'i', receivedAt: 'x', event })
      const [prepared] = prepareReplay([{ ...base, body }])
      return prepared?.kind === 'stuck' ? prepared.why : 'ready'
    }
    expect(why({ type: 'track', event: 'Ann' })).toMatch(
      /^`userId` is missing and `anonymousId` is missing\. /,
    )
    expect(why({ type: 'alias', userId: 'ann' })).toMatch(/identify, track, page and screen/)
    expect(why({ type: 'identify', userId: 'ann' })).toBe('ready')
  })
})
