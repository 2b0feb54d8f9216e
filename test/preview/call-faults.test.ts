import { describe, expect, test } from 'vitest'
import { type Settings, transform } from '../../lib/index.ts'
import { defaultSettings } from '../../lib/policy.ts'
import { validateCustomer, validateIdentityEvent } from '../../tools/kustomer-stand-in/validate.ts'
import { callFaults, isHelpedByAdvanced } from '../../tools/preview/call-faults.ts'
import { main } from '../../tools/preview/main.ts'
import { runInProcess } from '../terminal/in-process.ts'

const off: Settings = { ...defaultSettings, advancedTransform: false }
const track = (properties: object) => ({ type: 'track', userId: 'u', event: 'Sold', properties })
const identify = (traits: object) => ({ type: 'identify', userId: 'u', traits })

/** The sentences about an event that is sent unchanged. */
const sentences = (event: object, settings = off) =>
  callFaults(transform(event, settings), settings).map(({ sentence }) => sentence)

test.each([
  ['a name with a space', { ...track({ total: 3 }), event: 'Order Completed' }, true],
  ['a wrong gender', identify({ gender: 'x' }), true],
  ['too many bytes', track({ ...Array.from({ length: 90 }, () => 'x'.repeat(2_000)) }), false],
])('whether advancedTransform would help: %s', (_, event, isHelped) => {
  expect(isHelpedByAdvanced(event, off)).toBe(isHelped)
  expect(isHelpedByAdvanced(event, defaultSettings)).toBe(false)
})

test('the name of an event has a rule, and a setting that helps', () => {
  expect(sentences({ type: 'track', userId: 'u', event: 'Order Completed' })).toEqual([
    '`name` is not a name that Kustomer accepts (a letter, then letters, digits, `-`, `_` or `.`): switch `advancedTransform` on, or rename it.',
  ])
})

describe('the sentence about a field', () => {
  test.each<[object, string]>([
    [
      track({ revenue: 42 }),
      '`revenue` is a number, and its name does not end in `Num`: switch `advancedTransform` on, or rename it.',
    ],
    [
      track({ soldAt: 'yesterday' }),
      '`soldAt` is a text, and its name ends in `At`: send a date-time, or switch `advancedTransform` on, or rename it.',
    ],
    [
      track({ priceNum: 'much' }),
      '`priceNum` is a text, and its name ends in `Num`: send a number, or switch `advancedTransform` on, or rename it.',
    ],
    [
      track({ tags: ['a'] }),
      '`tags` is a list, and its name is one of a text: send a text, or switch `advancedTransform` on.',
    ],
    [track({ 'order id': 'x' }), '`order id` has a name that Kustomer does not accept'],
    [
      identify({ gender: 'female', customObject: { plan: 'x' } }),
      "`custom.plan` has a name without a custom attribute's ending",
    ],
    [
      identify({ name: 'x'.repeat(300) }),
      '`name` has 300 characters, which is too long: switch `advancedTransform` on, or shorten it.',
    ],
    [identify({ avatar: 'no address' }), '`avatarUrl` is not a valid date-time, URL or e-mail address'],
    [identify({ sentiment: { polarity: 5 } }), '`sentiment.polarity` is not one of the values'],
    [
      identify({ sentiment: { polarity: 1 } }),
      '`sentiment.confidence` is missing: switch `advancedTransform` on, or add it.',
    ],
    [
      identify({ tags: ['a', 'a'] }),
      '`tags` holds a value twice: switch `advancedTransform` on, or send it once.',
    ],
  ])('%j', (event, sentence) => {
    expect(sentences(event).join('\n')).toContain(sentence)
  })

  test('is the same once for a field with several errors', () => {
    const all = sentences(track({ a: 1, b: 2 }))
    expect(new Set(all).size).toBe(all.length)
  })

  test('a request over 100 kB is refused whatever its fields are', () => {
    const call = { ...transform(track({ text: 'x' }), off) }
    if (call.kind !== 'recordEvent') throw new Error('a track is recorded')
    const large = { ...call, event: { ...call.event, meta: { text: 'x'.repeat(103_000) } } }
    expect(callFaults(large, off)[0]?.sentence).toContain('over 100 kB')
  })
})

test('a call has faults exactly when the stand-in refuses it', () => {
  const events = [
    track({ revenue: 1 }),
    track({ plan: 'x' }),
    identify({ name: 'Ada' }),
    identify({ tags: [' '] }),
  ]
  for (const settings of [off, defaultSettings])
    for (const event of events) {
      const call = transform(event, settings)
      const errors =
        call.kind === 'recordEvent'
          ? validateIdentityEvent({ identity: call.identity, event: call.event })
          : validateCustomer(call.kind === 'skip' ? {} : call.customer)
      expect(callFaults(call, settings).length > 0).toBe(errors.length > 0)
    }
})

describe('preview', () => {
  const input = JSON.stringify(track({ revenue: 42 }))
  const settings = ['--settings', 'test/preview/unchanged.json']

  test('names what Kustomer would refuse, and with --check ends with 1', async () => {
    const shown = await runInProcess(main, ['-', ...settings], { input })
    expect([shown.code, shown.out]).toEqual([
      0,
      expect.stringContaining('✘ Kustomer would refuse this call:'),
    ])
    expect(shown.out).toContain('`revenue` is a number, and its name does not end in `Num`')
    expect((await runInProcess(main, ['-', ...settings, '--check'], { input })).code).toBe(1)
    expect((await runInProcess(main, ['-', '--check'], { input })).code).toBe(0)
  })

  test('has the faults in its JSON', async () => {
    const { out } = await runInProcess(main, ['-', ...settings, '--json'], { input })
    const fault = { path: 'event.meta.revenue', code: 'badparam', sentence: expect.any(String) }
    expect(JSON.parse(out).faults).toEqual([fault])
  })
})
