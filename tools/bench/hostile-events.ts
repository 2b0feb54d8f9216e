import { hostileTexts } from './hostile-texts.ts'

/** An event that is made to need as much time as possible, and what it attacks. */
export interface HostileEvent {
  name: string
  event: Record<string, unknown>
}

/** Traits with their own rule for strings. */
const placesOfTexts = ['name', 'email', 'avatar', 'website', 'tags', 'gender', 'birthday', 'phone', 'address']

/** Lists and objects of about so many bytes of JSON, by what makes them slow to process. */
const values: Record<string, (bytes: number) => unknown> = {
  'nested lists': bytes => repeated(bytes, nested(900, false)),
  'nested objects': bytes => repeated(bytes, nested(900, true)),
  'empty items': bytes => repeated(bytes, null),
  'empty objects': bytes => repeated(bytes, {}),
  'short texts': bytes => numbered(bytes, 9, i => `t${i}`),
  'the same text': bytes => repeated(bytes, 'same'),
  'texts that clean to the same': bytes => numbered(bytes, 12, i => `${'!'.repeat(i % 9)}same`),
  addresses: bytes => numbered(bytes, 24, i => ({ email: `a${i}@b.example`, phone: `${i}` })),
  'addresses without the form': bytes => numbered(bytes, 22, i => ({ email: `a${i}`, type: 'X' })),
  socials: bytes => numbered(bytes, 40, i => ({ type: 'twitter', username: `u${i}` })),
  'an object of unknown keys': bytes => ({ ...keyed(bytes, i => `k${i}`), email: 'a@b.co', phone: '1' }),
  'a list with such an object': bytes => [{ ...keyed(bytes, i => `k${i}`), email: 'a@b.co', phone: '1' }],
}

/** Traits whose values have their own shape. */
const placesOfValues = [
  'emails',
  'phones',
  'tags',
  'socials',
  'address',
  'customObject',
  'sentiment',
  'company',
]

/**
 * Objects with many keys of about so many bytes, by the kind of keys. Many of them become equal when they are cleaned.
 */
const keys: Record<string, (bytes: number) => Record<string, unknown>> = {
  'short keys': bytes => keyed(bytes, i => `k${i}`),
  'keys to clean': bytes => keyed(bytes, i => `é ${i}.x`),
  'keys of other scripts': bytes =>
    keyed(bytes, i => `注文${String.fromCharCode(0x4e00 + (i % 20_000))}${i}`),
  'keys that clean to one': bytes => keyed(bytes, i => `${'!'.repeat(i % 300)}a${'?'.repeat(i / 300)}`),
  'keys that clean to one beside its numbers': bytes => ({
    ...keyed(bytes / 2, i => `${'!'.repeat(i % 300)}a b${'?'.repeat(i / 300)}`),
    ...keyed(bytes / 2, i => `a-b_${i}Num`),
    'a-bNum': 1,
  }),
  'keys that want a stamp’s place': bytes =>
    keyed(bytes, i => `${' '.repeat(i % 300)}messageId${'!'.repeat(i / 300)}`),
  'custom names beside their numbers': bytes => ({
    plan: 1,
    planNum: 1,
    ...keyed(bytes, i => `plan_${i}Num`),
  }),
}

/** Returns hostile events of about `bytes` of JSON each: long texts, large lists and colliding keys, for every rule. */
export function hostileEvents(bytes: number): HostileEvent[] {
  const events: HostileEvent[] = []
  const add = (name: string, event: Record<string, unknown>) =>
    events.push({ name, event: { type: 'track', userId: 'u1', event: 'Ordered', ...event } })
  for (const [what, make] of Object.entries(hostileTexts)) {
    const text = make(bytes)
    add(`a name of ${what}`, { event: text })
    add(`a key of ${what}`, { properties: { [text]: 1 } })
    add(`a text of ${what}`, { properties: { text } })
    add(`a page of ${what}`, { type: 'page', name: text })
    add(`a type of ${what}`, { type: text })
    for (const id of ['userId', 'anonymousId', 'messageId', 'originalTimestamp'])
      add(`${id}: ${what}`, { [id]: text })
    for (const trait of placesOfTexts)
      add(`trait ${trait}: ${what}`, { type: 'identify', traits: { [trait]: text } })
    const [third, fifth] = [make(bytes / 3), make(bytes / 5)]
    const customObject = { aNum: fifth, aAt: fifth, aUrl: fifth, aBool: fifth, plan: fifth }
    add(`custom attributes: ${what}`, { type: 'identify', traits: { customObject } })
    const context = { externalId: [{ type: 'kustomerId', id: third }], sessionId: third, locale: third }
    add(`context: ${what}`, { type: 'identify', context })
  }
  for (const [what, make] of Object.entries(values)) {
    const value = make(bytes)
    add(`a property of ${what}`, { properties: { value } })
    add(`context.externalId of ${what}`, { type: 'identify', context: { externalId: value } })
    for (const trait of placesOfValues)
      add(`trait ${trait}: ${what}`, { type: 'identify', traits: { [trait]: value } })
  }
  for (const [what, make] of Object.entries(keys)) {
    const fields = make(bytes)
    add(`properties: ${what}`, { properties: fields, messageId: 'm1', originalTimestamp: '2026-05-04' })
    add(`traits: ${what}`, { type: 'identify', traits: fields })
    add(`customObject: ${what}`, { type: 'identify', traits: { customObject: fields } })
  }
  return events
}

function repeated(bytes: number, item: unknown): unknown[] {
  return new Array(Math.ceil(bytes / (JSON.stringify(item).length + 1))).fill(item)
}

function numbered(bytes: number, each: number, make: (i: number) => unknown): unknown[] {
  return Array.from({ length: bytes / each }, (_, i) => make(i))
}

function nested(levels: number, isObject: boolean): unknown {
  let value: unknown = 1
  for (let i = 0; i < levels; i++) value = isObject ? { a: value } : [value]
  return value
}

/** Returns an object with keys and values of about so many bytes. The values are of every kind. */
function keyed(bytes: number, keyOf: (i: number) => string): Record<string, unknown> {
  const kinds = [1, 'x', true, '2026-05-04', null]
  const fields: Record<string, unknown> = {}
  for (let i = 0, size = 0; size < bytes; i++) {
    const key = keyOf(i)
    fields[key] = kinds[i % kinds.length]
    size += Buffer.byteLength(key) + 9
  }
  return fields
}
