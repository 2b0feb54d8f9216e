import fc from 'fast-check'
import { type Call, InvalidEventError, type Settings, transform } from '../../lib/index.ts'
import { endpoints } from '../../lib/kustomer/endpoints.ts'
import { validateCustomer, validateIdentityEvent } from '../kustomer-stand-in/validate.ts'
import { hostileEventText } from './generate/hostile-event.ts'
import { builtinsAreUnchanged } from './oracles/builtins.ts'
import { mayBeTooDeep } from './oracles/depth.ts'
import { marks } from './oracles/marks.ts'
import { must, type Target } from './target.ts'

/** The JSON text of an event, and the mapping settings. */
interface TransformCase {
  text: string
  settings: Partial<Settings>
}

const onOff = fc.boolean()
const settings = fc.record({
  ...{
    advancedTransform: onOff,
    setIdentityEmail: onOff,
    disableEmailAsTrackingProperty: onOff,
    genericPage: onOff,
  },
  ...{ genericScreen: onOff, acceptKustomerId: onOff, acceptVerified: onOff, stampEvents: onOff },
})
/** A character may be normalised into 18, and a boolean or a list becomes a text. */
const growth = { factor: 20, constant: 2_000 }

/** The transformation: any JSON, with any settings. */
export const transformation: Target<TransformCase> = {
  name: 'transformation',
  sentence:
    'Any JSON leads to a call that Kustomer accepts, or to an InvalidEventError, which hold no more than the event does.',
  cases: fc.record({ text: hostileEventText, settings }),
  check({ text, settings: given }) {
    if (mayBeTooDeep(text)) return
    const event: unknown = JSON.parse(text)
    const before = JSON.stringify(event)
    const call = callOf(event, given)
    must(JSON.stringify(event) === before, 'the event is not changed')
    builtinsAreUnchanged()
    if (call === undefined || call.kind === 'skip') return
    const { notes, ...sent } = call
    must(!notes.some(({ why }) => hasValue(why)), 'a note holds no value', notes)
    const written = JSON.stringify(sent)
    must(
      written.length <= text.length * growth.factor + growth.constant,
      'a call grows in proportion to its event',
    )
    hasSafePaths(call)
    keepsSettings(call, given)
    if (given.advancedTransform) isAccepted(call)
  },
}

function hasValue(text: string): boolean {
  return text.toLowerCase().includes(marks.value)
}

function callOf(event: unknown, given: Partial<Settings>): Call | undefined {
  try {
    return transform(event, given)
  } catch (error) {
    must(error instanceof InvalidEventError, 'only an InvalidEventError is thrown', String(error))
    must(!hasValue(error.message), 'an error holds no value', error.message)
    return undefined
  }
}

/** What a setting turns off is in no call. Attributes of `custom` have names of the sender's own. */
function keepsSettings(
  call: Call,
  { acceptKustomerId, acceptVerified, advancedTransform }: Partial<Settings>,
): void {
  if (call.kind !== 'upsertCustomer') return
  must(
    acceptKustomerId || call.knownId === undefined,
    'without acceptKustomerId no event names a customer',
    call.knownId,
  )
  const { custom: _, ...attributes } = call.customer
  const isVerified = advancedTransform && JSON.stringify(attributes).includes('"verified":')
  must(acceptVerified || !isVerified, 'without acceptVerified no event verifies an address', attributes)
}

const base = 'https://api.kustomerapp.com'

/** Every id of a call stays one segment of a path, and comes back out of it. */
function hasSafePaths(call: Call): void {
  if (call.kind !== 'upsertCustomer') return
  for (const key of call.find) {
    const url = new URL(endpoints(base).findCustomer(key).url)
    const [, v1, customers, search = '', ...more] = url.pathname.split('/')
    const value = decodeURIComponent(search.slice(search.indexOf('=') + 1))
    const isWhole = url.origin === base && !url.search && !url.hash && more.length === 0
    must(isWhole && value === key.value, 'a key stays one segment of its path', [url.href, key])
    must(v1 === 'v1' && customers === 'customers', 'the path of a look-up is the documented one', url.href)
  }
  if (call.knownId === undefined) return
  const url = new URL(endpoints(base).updateCustomer(call.knownId).url)
  must(
    url.href === `${base}/v1/customers/${call.knownId}?replace=false`,
    'a known id is one segment',
    url.href,
  )
}

function isAccepted(call: Call): void {
  const errors =
    call.kind === 'upsertCustomer'
      ? validateCustomer(JSON.parse(JSON.stringify(call.customer)))
      : call.kind === 'recordEvent'
        ? validateIdentityEvent(JSON.parse(JSON.stringify({ identity: call.identity, event: call.event })))
        : []
  must(errors.length === 0, "a call with advancedTransform is within Kustomer's schemas", errors)
}
