import { InvalidEventError } from '../errors.ts'
import type { Note } from './call.ts'
import { firstText, type Place } from './first-text.ts'
import { limits } from './kustomer/limits.ts'
import { leaveOut, noteNoId } from './note.ts'
import { findEmail, hasEmailForm } from './text/email.ts'
import { idOf, isBlank, isFields, isPresent, kindOf, own, type View } from './view.ts'

/** The external id of the person that an event is about. */
export interface ExternalId {
  value: string
  from: 'userId' | 'anonymousId'
}

/** A value and where it was found. */
export interface Found {
  path: string
  value: string
}

const userIdSources: readonly Place[] = [
  { path: 'userId', place: 'event', key: 'userId' },
  { path: 'traits.userId', place: 'traits', key: 'userId' },
  { path: 'traits.id', place: 'traits', key: 'id' },
  { path: 'context.traits.userId', place: 'contextTraits', key: 'userId' },
  { path: 'context.traits.id', place: 'contextTraits', key: 'id' },
]
const externalIdSources = [
  ...userIdSources,
  { path: 'anonymousId', place: 'event', key: 'anonymousId' } as const,
]

const emailSources = [
  { path: 'traits.email', place: 'traits' },
  { path: 'context.traits.email', place: 'contextTraits' },
  { path: 'properties.email', place: 'properties' },
] as const

/**
 * The external id: the user id, else the anonymous id. The first text found decides; values before it are noted.
 * @throws InvalidEventError `MISSING_IDENTITY`, or `INVALID_IDENTITY` if that text is not an id. Cutting a long one would
 * make one customer of several people, and so would a number that was rounded.
 */
export function externalIdOf(view: View, notes?: Note[]): ExternalId {
  const found = firstText(view, externalIdSources, notes)
  if (found === undefined) throw missingIdentity(view)
  const { path, given } = found
  const value = idOf(given)
  if (value !== undefined) return { value, from: path === 'anonymousId' ? 'anonymousId' : 'userId' }
  const expected = 'a well-formed text of at most 256 characters, or a number up to 2^53 - 1'
  throw new InvalidEventError('INVALID_IDENTITY', [{ path, expected, got: faultOf(given) }])
}

/** Why a text or a number is not an id, without its value. */
function faultOf(given: unknown): string {
  if (typeof given === 'number') return 'number over 2^53 - 1'
  const isLong = typeof given === 'string' && given.length > limits.externalIdLength
  return isLong ? `string of over ${limits.externalIdLength} characters` : 'string with a broken character'
}

function missingIdentity({ event }: View): InvalidEventError {
  const expected = 'a user id or an anonymousId: text or a number'
  return new InvalidEventError('MISSING_IDENTITY', [
    { path: 'userId', expected, got: kindOf(own(event, 'userId')) },
    { path: 'anonymousId', expected, got: kindOf(own(event, 'anonymousId')) },
  ])
}

/** The anonymous id. A value that is not an id is noted. */
export function anonymousIdOf({ event }: View, notes: Note[]): string | undefined {
  const given = own(event, 'anonymousId')
  return idOf(given) ?? noteNoId(notes, 'anonymousId', given)
}

/** The e-mail of an event, trimmed. It need not have the form of an address. Only strings count. */
export function emailOf(view: View, notes?: Note[]): Found | undefined {
  for (const { path, place } of emailSources) {
    const value = own(view[place], 'email')
    if (value === undefined) continue
    if (typeof value === 'string' && !isBlank(value)) return { path, value: value.trim() }
    // A property is still sent in `meta`, so it needs no note.
    if (notes !== undefined && place !== 'properties' && isPresent(value))
      leaveOut(notes, path, 'an e-mail is a text')
  }
  return undefined
}

/**
 * The address by which an identify's customer can be found: the e-mail, else the first of `emails` that has the form.
 */
export function findableEmailOf(view: View): string | undefined {
  const email = emailOf(view)?.value
  if (email !== undefined) return hasEmailForm(email) ? email : undefined
  return findEmail(own(view.traits, 'emails')) ?? findEmail(own(view.contextTraits, 'emails'))
}

/** The entry of `context.externalId` that names Kustomer's own id. Its form is not checked. */
export function kustomerIdOf({ context }: View): { id: string | undefined } | undefined {
  const entries = own(context, 'externalId')
  if (!Array.isArray(entries)) return undefined
  const entry = entries.find(item => isFields(item) && own(item, 'type') === 'kustomerId')
  return entry === undefined ? undefined : { id: idOf(own(entry, 'id')) }
}
