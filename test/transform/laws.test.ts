import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Call, InvalidEventError, parseEvent, type Settings, transform } from '../../lib/index.ts'
import { endpoints } from '../../lib/transform/kustomer/endpoints.ts'
import { validateCustomer, validateIdentityEvent } from '../../tools/kustomer-stand-in.ts'
import { anyJson, plausibleEvent, settings } from './arbitrary-event.ts'

const runs = { numRuns: 500 }
const anything = fc.oneof({ weight: 3, arbitrary: plausibleEvent }, anyJson)

/** The call, or the code of the error; any other error is thrown. */
function outcome(event: unknown, given: Partial<Settings>): Call | string {
  try {
    return transform(event, given)
  } catch (error) {
    if (error instanceof InvalidEventError) return error.code
    throw error
  }
}

function parsed(event: unknown) {
  try {
    return parseEvent(event)
  } catch (error) {
    if (error instanceof InvalidEventError) return error.code
    throw error
  }
}

function law(says: string, holds: (event: never, given: Partial<Settings>) => void, events = anything) {
  test(says, () => {
    fc.assert(
      fc.property(events, settings, (event, given) => holds(event as never, given)),
      runs,
    )
  })
}

describe('whatever comes in', () => {
  law('any JSON gives a call or an InvalidEventError, and nothing else', (event, given) => {
    const call = outcome(event, given)
    if (typeof call !== 'string') expect(call.kind).toMatch(/^(upsertCustomer|recordEvent|skip)$/)
  })

  law('the event is left as it was', (event, given) => {
    expect(outcome(deepFrozen(structuredClone(event)), given)).toEqual(outcome(event, given))
  })

  law('the same event and settings give the same call, to the letter', (event, given) => {
    const again = JSON.parse(JSON.stringify(event))
    expect(JSON.stringify(outcome(again, given))).toBe(JSON.stringify(outcome(event, given)))
  })

  law('a call can be written as JSON and read again', (event, given) => {
    const call = outcome(event, given)
    expect(JSON.parse(JSON.stringify(call))).toEqual(zeroed(call))
  })

  law('parseEvent and transform agree on what is refused, skipped, and who it is', (event, given) => {
    const [read, call] = [parsed(event), outcome(event, given)]
    if (typeof read === 'string' || typeof call === 'string') expect(call).toBe(read)
    else if (read.kind === 'skip' || call.kind === 'skip') expect(call).toEqual(read)
    else if (call.kind === 'recordEvent') expect(call.identity.externalId).toBe(read.externalId)
    else
      expect([call.customer.externalId, call.externalIdFrom]).toEqual([read.externalId, read.externalIdFrom])
  })
})

describe('what is sent', () => {
  law(
    'a customer has no null, NaN, blank or empty leaf outside custom',
    (event, given) => {
      const call = outcome(event, given)
      if (typeof call === 'string' || call.kind !== 'upsertCustomer') return
      const { custom, ...customer } = call.customer
      for (const leaf of leavesOf(customer)) expect(isSomething(leaf)).toBe(true)
      expect(custom === undefined || Object.keys(custom).length > 0).toBe(true)
    },
    plausibleEvent,
  )

  law(
    'with advancedTransform Kustomer has nothing against any call',
    (event, given) => {
      const call = outcome(event, { ...given, advancedTransform: true })
      if (typeof call === 'string' || call.kind === 'skip') return
      const faults =
        call.kind === 'upsertCustomer'
          ? validateCustomer(call.customer)
          : validateIdentityEvent({ identity: call.identity, event: call.event })
      expect(faults).toEqual([])
    },
    plausibleEvent,
  )

  law(
    'what was fitted once is not changed by fitting it again',
    (event, given) => {
      const fitting = {
        ...given,
        advancedTransform: true,
        disableEmailAsTrackingProperty: false,
        stampEvents: false,
      }
      const call = outcome(event, fitting)
      if (typeof call === 'string' || call.kind === 'skip') return
      if (call.kind === 'recordEvent') {
        const { name, meta } = call.event
        const { event: again } = transform(
          { type: 'track', userId: 'u1', event: name, properties: meta },
          fitting,
        ) as typeof call
        expect({ name: again.name, meta: again.meta }).toEqual({ name, meta })
      } else {
        const {
          avatarUrl: avatar,
          birthdayAt: dob,
          name,
          tags,
          gender,
          emails,
          socials,
          custom,
        } = call.customer
        const traits = { avatar, dob, name, tags, gender, emails, socials, customObject: custom }
        const { customer } = transform({ type: 'identify', userId: 'u1', traits }, fitting) as typeof call
        const { avatarUrl, birthdayAt, custom: customObject, ...rest } = customer
        const fittedAgain = { avatar: avatarUrl, dob: birthdayAt, customObject, ...rest }
        expect(fittedAgain).toMatchObject(JSON.parse(JSON.stringify(traits)))
      }
    },
    plausibleEvent,
  )
})

describe('where it is sent', () => {
  const host = 'https://org.api.kustomerapp.com'
  law(
    'every URL starts with the host, and its ids come back out of it',
    (event, given) => {
      const call = outcome(event, given)
      if (typeof call === 'string' || call.kind !== 'upsertCustomer') return
      const at = endpoints(host)
      const segments = (url: string) => new URL(url).pathname.split('/').slice(1).map(decodeURIComponent)
      for (const key of call.find) {
        const { url } = at.findCustomer(key)
        expect(url.startsWith(`${host}/v1/customers/`)).toBe(true)
        expect(segments(url)).toEqual(['v1', 'customers', `${key.by}=${key.value}`])
      }
      for (const { url } of call.knownId
        ? [at.readCustomer(call.knownId), at.updateCustomer(call.knownId)]
        : [])
        expect(segments(url)).toEqual(['v1', 'customers', call.knownId])
    },
    plausibleEvent,
  )
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

function leavesOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value]
  const all = Object.values(value)
  return all.length === 0 ? [value] : all.flatMap(leavesOf)
}

function isSomething(leaf: unknown): boolean {
  if (typeof leaf === 'string') return leaf.trim() !== ''
  return typeof leaf === 'boolean' || Number.isFinite(leaf)
}

/** With 0 for -0, which JSON writes alike. */
function zeroed(value: unknown): unknown {
  if (value === 0) return 0
  if (Array.isArray(value)) return value.map(zeroed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, zeroed(each)]))
}
