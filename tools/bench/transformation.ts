import { transform } from '../../lib/index.ts'
import { defaultSettings } from '../../lib/policy.ts'
import { type Figure, rates } from './measure.ts'

/** Functions that return a value of each kind that web shops send. They are used in turns. */
const kinds = [
  (i: number) => 19.99 + i,
  (i: number) => `a text of some length, number ${i}`,
  () => '2026-05-04T10:20:30.123Z',
  (i: number) => i % 2 === 0,
]

/** Returns properties with the usual spellings of keys. */
export function properties(count: number): Record<string, unknown> {
  const entries = Array.from({ length: count }, (_, i) => [
    `${['price', 'Product Name', 'seen_at', 'isNew'][i % 4]}${i}`,
    kinds[i % 4]?.(i),
  ])
  return Object.fromEntries(entries)
}

/** Returns a track event as RudderStack sends it. */
export function track(count: number) {
  return {
    type: 'track',
    event: 'Product Added',
    userId: 'user-4711',
    anonymousId: '0f0c7a4e-9a6e-4a5f-8d5b-1d6f0a0b0c0d',
    messageId: 'b1946ac9-2492-4d23-9c9a-000000000001',
    originalTimestamp: '2026-05-04T10:20:30.123Z',
    context: { library: { name: 'js', version: '3' }, locale: 'en-GB', sessionId: 1714817 },
    properties: properties(count),
  }
}

const page = {
  ...track(8),
  type: 'page',
  event: undefined,
  name: 'Cart',
  properties: { ...properties(8), name: 'Cart' },
}

const identify = {
  ...track(0),
  type: 'identify',
  properties: undefined,
  traits: {
    firstName: 'Ada',
    lastName: 'Lovelace',
    userName: 'ada',
    email: 'ada@example.com',
    phone: '+44 20 7946 0000',
    company: { name: 'Analytical Engines' },
    createdAt: '2020-02-02T00:23:09.544Z',
    lastSeenAt: '2026-05-04',
    lastActivityAt: '2026-05-04T10:00:00Z',
    birthday: '1990-12-10',
    avatar: 'https://example.com/ada.png',
    gender: 'female',
    tags: ['vip', 'beta tester'],
    website: 'example.com',
    address: { street: '12 St James Square', city: 'London', postalCode: 'SW1', country: 'UK' },
    timeZone: 'Europe/London',
    defaultLanguage: 'en',
    locale: 'en_GB',
    socials: [{ type: 'twitter', username: 'ada', url: 'https://twitter.com/ada' }],
    sentiment: { polarity: 1, confidence: 0.5 },
    customObject: { planStr: 'gold', seats: 12, trial: false, renewsAt: '2027-01-01', score: 3.5 },
    importedAt: '2021-01-01T00:00:00Z',
    emails: [{ type: 'work', email: 'ada@work.example' }],
    phones: ['+44 20 7946 0001'],
    lastCustomerActivityAt: '2026-05-01T00:00:00Z',
  },
}

/** Measures events per second against parsing and writing the same event as JSON, the minimum for any forwarder. */
export function benchTransformation(): Figure[] {
  const plain = { ...defaultSettings, advancedTransform: false }
  return [
    compare('track, 20 properties, advanced', track(20), {}, 1.5),
    compare('track, 20 properties, plain', track(20), plain),
    compare('page', page, {}),
    compare('identify, 25 traits', identify, {}, 1),
  ]
}

function compare(
  name: string,
  event: object,
  settings: Partial<typeof defaultSettings>,
  atLeast?: number,
): Figure {
  const text = JSON.stringify(event)
  const parsed = JSON.parse(text) as unknown
  const { ours, json } = rates({
    ours: () => transform(parsed, settings),
    json: () => JSON.stringify(JSON.parse(text)),
  })
  return {
    name: `transform: ${name}`,
    value: ours / json,
    unit: '× JSON',
    detail: `${Math.round(ours).toLocaleString('en')} events/s, JSON ${Math.round(json).toLocaleString('en')}/s`,
    ...(atLeast !== undefined && { bar: { atLeast } }),
  }
}
