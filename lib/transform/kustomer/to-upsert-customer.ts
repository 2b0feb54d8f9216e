import type { CustomerKey, Note, UpsertCustomer } from '../call.ts'
import { anonymousIdOf, type ExternalId, findableEmailOf, kustomerIdOf } from '../identity.ts'
import { leaveOut } from '../note.ts'
import { roomyObject } from '../roomy-object.ts'
import { copyOwn } from '../set-own.ts'
import { isOn, type Settings } from '../settings.ts'
import { isFields, type View } from '../view.ts'
import { custom } from './custom.ts'
import { customSources, type Row, rows } from './rows.ts'
import * as shape from './shapes.ts'
import { type Values, valuesOf } from './sources.ts'
import type { Customer } from './types.ts'
import { customerIdPattern } from './types.ts'

/** An identify as a call that creates or updates a customer. */
export function toUpsertCustomer(
  view: View,
  externalId: ExternalId,
  settings: Partial<Settings>,
): UpsertCustomer {
  const notes: Note[] = []
  const isFitting = isOn(settings, 'advancedTransform')
  const customer = roomyObject<Customer>()
  customer.externalId = externalId.value
  const values = valuesOf(view)
  for (const row of rows) {
    const value = attributeOf(row, values, view, isFitting, notes)
    // `row()` holds a fit to its target's type; without a fit Kustomer judges.
    if (value !== undefined) customer[row.to] = value as never
  }
  const attributes = customOf(values, isFitting, notes)
  if (attributes !== undefined) customer.custom = attributes
  const knownId = knownIdOf(view, notes)
  const find = keysOf(view, externalId)
  const call = { kind: 'upsertCustomer', find, customer, externalIdFrom: externalId.from, notes } as const
  return knownId === undefined ? call : { ...call, knownId }
}

/** The row engine: the first source that has the row's shape, fitted or without its blank leaves. */
function attributeOf(row: Row, values: Values, view: View, isFitting: boolean, notes: Note[]): unknown {
  for (const source of row.sources) {
    const found = source.read === undefined ? undefined : source.read(values, view)
    const value = source.read === undefined ? values[source.part]?.[source.slot] : found?.value
    if (value === undefined) continue
    const path = found === undefined ? source.path : found.path
    const shaped = row.as(value, path, notes)
    if (shaped === undefined) continue
    // `row()` has seen to it that the fit takes what the shape gives.
    const told = notes.length
    const sent = isFitting ? row.fit(shaped as never, path, notes) : shape.pruned(shaped)
    if (notes.length > told && notes[told]?.path !== path && !Array.isArray(value))
      notesOfOne(notes, told, path, value)
    if (sent !== undefined || !row.fallsThrough) return sent
  }
  return undefined
}

/**
 * A source that is no list was read as a list of one: the notes from `start` on are about the source itself. For a text
 * the first of them says enough.
 */
function notesOfOne(notes: Note[], start: number, path: string, source: unknown): void {
  const item = `${path}.0`
  if (!isFields(source)) notes.length = start + 1
  for (let i = start; i < notes.length; i++) {
    const each = notes[i]
    if (each?.path.startsWith(item))
      notes[i] = { ...each, path: isFields(source) ? path + each.path.slice(item.length) : path }
  }
}

function customOf(values: Values, isFitting: boolean, notes: Note[]): Customer['custom'] {
  for (const { path, part, slot } of customSources) {
    const given = shape.object(values[part]?.[slot], path, notes)
    if (given !== undefined)
      return isFitting ? custom(given, path, notes) : (copyOwn(given) as Customer['custom'])
  }
  return undefined
}

function knownIdOf(view: View, notes: Note[]): string | undefined {
  const found = kustomerIdOf(view)
  if (found === undefined) return undefined
  if (found.id !== undefined && customerIdPattern.test(found.id)) return found.id
  return leaveOut(notes, 'context.externalId', 'not the form of a Kustomer id')
}

/** The look-up keys in their order: user id, e-mail, anonymous id; each once. */
function keysOf(view: View, { value, from }: ExternalId): CustomerKey[] {
  const keys: CustomerKey[] = []
  if (from === 'userId') keys.push({ role: 'user', value })
  const email = findableEmailOf(view)
  if (email !== undefined) keys.push({ role: 'email', value: email })
  const anonymousId = anonymousIdOf(view)
  if (anonymousId !== undefined && (from === 'anonymousId' || anonymousId !== value))
    keys.push({ role: 'anonymous', value: anonymousId })
  return keys
}
