import type { CustomerKey, Note, UpsertCustomer } from '../call.ts'
import { anonymousIdOf, type ExternalId, findableEmailOf, kustomerIdOf } from '../identity.ts'
import { leaveOut } from '../note.ts'
import { roomyObject } from '../roomy-object.ts'
import { copyOwn } from '../set-own.ts'
import { isOn, type Settings } from '../settings.ts'
import { isFields, type View } from '../view.ts'
import { custom } from './custom.ts'
import { type Reading, readAttribute } from './read-attribute.ts'
import { customSources, rows } from './rows.ts'
import * as shape from './shapes.ts'
import { valuesOf } from './sources.ts'
import type { Customer } from './types.ts'
import { customerIdPattern } from './types.ts'

/**
 * Turns an identify into a call that creates or updates a customer. `notes` has the notes so far, and becomes the
 * call's.
 */
export function toUpsertCustomer(
  view: View,
  externalId: ExternalId,
  settings: Partial<Settings>,
  notes: Note[],
): UpsertCustomer {
  const reading: Reading = {
    values: valuesOf(view, notes),
    view,
    isFitting: isOn(settings, 'advancedTransform'),
    acceptsVerified: isOn(settings, 'acceptVerified'),
    notes,
  }
  const customer = roomyObject<Customer>()
  customer.externalId = externalId.value
  for (const row of rows) {
    const value = readAttribute(row, reading)
    // The types of `row` ensure that a fit matches its target. Without a fit, Kustomer validates the value.
    if (value !== undefined) customer[row.to] = value as never
  }
  const attributes = customOf(reading)
  if (attributes !== undefined) customer.custom = attributes
  const knownId = knownIdOf(view, settings, notes)
  const find = keysOf(view, externalId, notes)
  const call = { kind: 'upsertCustomer', find, customer, externalIdFrom: externalId.from, notes } as const
  return knownId === undefined ? call : { ...call, knownId }
}

function customOf({ values, isFitting, notes }: Reading): Customer['custom'] {
  for (const { path, part, slot } of customSources) {
    const value = values[part]?.[slot]
    if (isFitting) {
      const given = shape.object(value, path, notes)
      if (given !== undefined) return custom(given, path, notes)
    } else {
      // A value that is not an object is sent unchanged, too: Kustomer validates it.
      const given = shape.anyContent(value, path, notes)
      if (given !== undefined) return (isFields(given) ? copyOwn(given) : given) as Customer['custom']
    }
  }
  return undefined
}

function knownIdOf(view: View, settings: Partial<Settings>, notes: Note[]): string | undefined {
  const found = kustomerIdOf(view)
  if (found === undefined) return undefined
  if (!isOn(settings, 'acceptKustomerId'))
    return leaveOut(notes, 'context.externalId', 'the setting acceptKustomerId is off')
  if (found.id !== undefined && customerIdPattern.test(found.id)) return found.id
  return leaveOut(notes, 'context.externalId', 'not the form of a Kustomer id')
}

/** The look-up keys in their order: user id, e-mail, anonymous id; each once. */
function keysOf(view: View, { value, from }: ExternalId, notes: Note[]): CustomerKey[] {
  const keys: CustomerKey[] = []
  if (from === 'userId') keys.push({ role: 'user', value })
  const email = findableEmailOf(view)
  if (email !== undefined) keys.push({ role: 'email', value: email })
  const anonymousId = anonymousIdOf(view, notes)
  if (anonymousId !== undefined && (from === 'anonymousId' || anonymousId !== value))
    keys.push({ role: 'anonymous', value: anonymousId })
  return keys
}
