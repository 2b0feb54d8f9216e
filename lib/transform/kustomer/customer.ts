import type { CustomerKey, Note, UpsertCustomer } from '../call.ts'
import { hasEmailForm } from '../coerce/email.ts'
import { anonymousIdOf, type ExternalId, emailSources, identifyEmailOf, kustomerIdOf } from '../identity.ts'
import type { Settings } from '../settings.ts'
import { firstOf, own, textOf, type View } from '../view.ts'
import { fitCustom } from './custom.ts'
import { customerIdPattern } from './endpoints.ts'
import { type Row, rows } from './rows.ts'
import { verbatim } from './shapes.ts'
import type { Customer, Json } from './types.ts'

/** A place in an event: its path for notes, and its value. */
type Source = [path: string, value: unknown]

/** An identify as a call that creates or updates a customer. */
export function upsertCustomer(view: View, externalId: ExternalId, settings: Settings): UpsertCustomer {
  const notes: Note[] = []
  const customer: Customer = { externalId: externalId.value }
  for (const row of rows) mapRow(row, view, customer, settings, notes)
  const custom = customOf(view, settings, notes)
  if (custom) customer.custom = custom
  const knownId = knownIdOf(view, notes)
  return {
    kind: 'upsertCustomer',
    ...(knownId !== undefined && { knownId }),
    find: keysOf(view, externalId),
    customer,
    externalIdFrom: externalId.from,
    notes,
  }
}

/** The row engine: the first source that has the row's shape is fitted, and stands in the customer if it can. */
function mapRow(
  { to, from, as, fit }: Row,
  view: View,
  customer: Customer,
  settings: Settings,
  notes: Note[],
) {
  for (const name of from) {
    for (const [path, given] of sourcesOf(name, view)) {
      const shaped = given === undefined ? undefined : as(given)
      if (shaped === undefined) continue
      const isFitted = settings.advancedTransform && fit
      const value = isFitted ? fit(shaped, (did, why) => notes.push({ path, did, why })) : shaped
      // A row names its target, and its shape is the target's: the compiler cannot follow that through the union.
      if (value !== undefined) Object.assign(customer, { [to]: value as Json })
      return
    }
  }
}

function sourcesOf(name: string, view: View): Source[] {
  switch (name) {
    case 'fullName()':
      return [['firstName', fullName(view)]]
    case 'email()':
      return emailSources(view)
    case 'context.locale':
      return [[name, own(view.context, 'locale')]]
    case 'properties.phone':
      return [[name, own(view.properties, 'phone')]]
    case 'properties.website':
      return [[name, own(view.properties, 'website')]]
    default:
      return traits(name, view)
  }
}

function traits(name: string, view: View): [Source, Source] {
  return [
    [`traits.${name}`, own(view.traits, name)],
    [`context.traits.${name}`, own(view.contextTraits, name)],
  ]
}

const spellings = {
  first: ['firstName', 'firstname', 'first_name'],
  last: ['lastName', 'lastname', 'last_name'],
}

function fullName(view: View): string | undefined {
  const part = (names: string[]) =>
    firstOf(
      names.flatMap(name => traits(name, view).map(([, value]) => value)),
      textOf,
    )
  const parts = [part(spellings.first), part(spellings.last)].filter(text => text !== undefined)
  return parts.length > 0 ? parts.join(' ') : undefined
}

function customOf(
  view: View,
  { advancedTransform }: Settings,
  notes: Note[],
): Record<string, Json> | undefined {
  for (const [path, given] of traits('customObject', view)) {
    const custom = verbatim(given) as Record<string, Json> | undefined
    if (!custom) continue
    if (!advancedTransform) return custom
    return fitCustom(custom, (key, did, why) => notes.push({ path: `${path}.${key}`, did, why }))
  }
  return undefined
}

function knownIdOf(view: View, notes: Note[]): string | undefined {
  const id = kustomerIdOf(view)
  if (id === undefined || customerIdPattern.test(id)) return id
  notes.push({ path: 'context.externalId', did: 'left out', why: 'not the form of a Kustomer id' })
  return undefined
}

/** The look-up keys in their order: user id, e-mail, anonymous id; each once. */
function keysOf(view: View, { value, from }: ExternalId): CustomerKey[] {
  const keys: CustomerKey[] = []
  if (from === 'userId') keys.push({ by: 'externalId', value })
  const email = identifyEmailOf(view)
  if (email !== undefined && hasEmailForm(email)) keys.push({ by: 'email', value: email })
  const anonymousId = anonymousIdOf(view)
  if (anonymousId !== undefined && (from === 'anonymousId' || anonymousId !== value))
    keys.push({ by: 'externalId', value: anonymousId })
  return keys
}
