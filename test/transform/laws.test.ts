import { describe, expect, test } from 'vitest'
import { InvalidEventError, parseEvent } from '../../lib/index.ts'
import { law, outcome } from './law.ts'

function parsed(event: unknown) {
  try {
    return parseEvent(event)
  } catch (error) {
    if (error instanceof InvalidEventError) return error.code
    throw error
  }
}

describe('whatever comes in', () => {
  law('any JSON leads to a call or an InvalidEventError, and nothing else', (event, given) => {
    const call = outcome(event, given)
    if (typeof call !== 'string') expect(call.kind).toMatch(/^(upsertCustomer|recordEvent|skip)$/)
  })

  law('the event is not changed', (event, given) => {
    expect(outcome(deepFrozen(structuredClone(event)), given)).toEqual(outcome(event, given))
  })

  law('the same event and settings give exactly the same call', (event, given) => {
    const again = JSON.parse(JSON.stringify(event))
    expect(JSON.stringify(outcome(again, given))).toBe(JSON.stringify(outcome(event, given)))
  })

  law('a call can be written as JSON and read again', (event, given) => {
    const call = outcome(event, given)
    expect(JSON.parse(JSON.stringify(call))).toEqual(zeroed(call))
  })

  law('parseEvent and transform agree on what is refused or skipped, and on the person', (event, given) => {
    const [read, call] = [parsed(event), outcome(event, given)]
    if (typeof read === 'string' || typeof call === 'string') expect(call).toBe(read)
    else if (read.kind === 'skip' || call.kind === 'skip') expect(call).toEqual(read)
    else if (call.kind === 'recordEvent') expect(call.identity.externalId).toBe(read.externalId)
    else
      expect([call.customer.externalId, call.externalIdFrom]).toEqual([read.externalId, read.externalIdFrom])
  })
})

describe('nesting', () => {
  const levels = 1_000
  const nested = (open: string, close: string) => JSON.parse(`${open.repeat(levels)}1${close.repeat(levels)}`)
  const deep = [nested('[', ']'), nested('{"a":', '}')]
  const places = ['traits', 'properties', 'context', 'event', 'name', 'userId', 'type']
  const traits = [
    'customObject',
    'socials',
    'emails',
    'phones',
    'tags',
    'address',
    'sentiment',
    'company',
    'rev',
  ]

  test.each([true, false])(
    'of 1,000 levels never overflows the stack (advancedTransform %s)',
    advancedTransform => {
      const all = deep.flatMap(value => [
        value,
        ...['identify', 'track', 'page', 'screen', 'alias'].flatMap(type => [
          ...places.map(place => ({ type, userId: 'u1', event: 'E', [place]: value })),
          ...traits.map(trait => ({ type, userId: 'u1', event: 'E', traits: { [trait]: value } })),
          { type, userId: 'u1', event: 'E', properties: { a: value } },
        ]),
      ])
      for (const event of all) expect(() => outcome(event, { advancedTransform })).not.toThrow()
    },
  )
})

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) deepFrozen(each)
  return Object.freeze(value)
}

/** With 0 for -0, because JSON writes both the same. */
function zeroed(value: unknown): unknown {
  if (value === 0) return 0
  if (Array.isArray(value)) return value.map(zeroed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, zeroed(each)]))
}
