import { describe, expect } from 'vitest'
import { transform } from '../../lib/index.ts'
import { endpoints } from '../../lib/kustomer/endpoints.ts'
import { validateCustomer, validateIdentityEvent } from '../../tools/kustomer-stand-in/validate.ts'
import { plausibleEvent } from './arbitrary-event.ts'
import { law, outcome } from './law.ts'

describe('what is sent', () => {
  law(
    'a customer has no null, NaN, blank or empty leaf outside custom',
    (event, given) => {
      const call = outcome(event, given)
      if (typeof call === 'string' || call.kind !== 'upsertCustomer') return
      const { custom, ...customer } = call.customer
      for (const leaf of leavesOf(customer)) expect(isSomething(leaf)).toBe(true)
      expect(custom).not.toEqual({})
      expect(custom).not.toEqual([])
    },
    plausibleEvent,
  )

  law(
    'with advancedTransform Kustomer accepts every call',
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
    'a fitted value does not change when it is fitted again',
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
    'every URL starts with the host, and its ids can be read from it',
    (event, given) => {
      const call = outcome(event, given)
      if (typeof call === 'string' || call.kind !== 'upsertCustomer') return
      const at = endpoints(host)
      const segments = (url: string) => new URL(url).pathname.split('/').slice(1).map(decodeURIComponent)
      for (const key of call.find) {
        const { url } = at.findCustomer(key)
        expect(url.startsWith(`${host}/v1/customers/`)).toBe(true)
        expect(segments(url)).toEqual([
          'v1',
          'customers',
          `${key.role === 'email' ? 'email' : 'externalId'}=${key.value}`,
        ])
      }
      for (const { url } of call.knownId
        ? [at.readCustomer(call.knownId), at.updateCustomer(call.knownId)]
        : [])
        expect(segments(url)).toEqual(['v1', 'customers', call.knownId])
    },
    plausibleEvent,
  )
})

function leavesOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value]
  const all = Object.values(value)
  return all.length === 0 ? [value] : all.flatMap(leavesOf)
}

function isSomething(leaf: unknown): boolean {
  if (typeof leaf === 'string') return leaf.trim() !== ''
  return typeof leaf === 'boolean' || Number.isFinite(leaf)
}
