import { InvalidEventError } from '../errors.ts'
import { findEmail, hasEmailForm } from './text/email.ts'
import { firstText, idOf, isBlank, isFields, isId, kindOf, own, textOf, type View } from './view.ts'

/** Whom an event is about. */
export interface ExternalId {
  value: string
  from: 'userId' | 'anonymousId'
}

/** A value and where it was found. */
export interface Found {
  path: string
  value: string
}

const userIdSources = [
  { path: 'userId', place: 'event', key: 'userId' },
  { path: 'traits.userId', place: 'traits', key: 'userId' },
  { path: 'traits.id', place: 'traits', key: 'id' },
  { path: 'context.traits.userId', place: 'contextTraits', key: 'userId' },
  { path: 'context.traits.id', place: 'contextTraits', key: 'id' },
] as const

const emailSources = [
  { path: 'traits.email', place: 'traits' },
  { path: 'context.traits.email', place: 'contextTraits' },
  { path: 'properties.email', place: 'properties' },
] as const

/**
 * The external id: the user id, else the anonymous id; the first text found decides.
 * @throws InvalidEventError `MISSING_IDENTITY`, or `INVALID_IDENTITY` for one that is too long or cannot be encoded:
 * cutting it would merge people.
 */
export function externalIdOf(view: View): ExternalId {
  const user = firstText(view, userIdSources)
  if (user !== undefined) return { value: idAt(user.path, user.value), from: 'userId' }
  const value = textOf(own(view.event, 'anonymousId'))
  if (value !== undefined) return { value: idAt('anonymousId', value), from: 'anonymousId' }
  const expected = 'a user id or an anonymousId: text or a number'
  throw new InvalidEventError('MISSING_IDENTITY', [
    { path: 'userId', expected, got: kindOf(own(view.event, 'userId')) },
    { path: 'anonymousId', expected, got: kindOf(own(view.event, 'anonymousId')) },
  ])
}

/** The anonymous id, where it is an id. */
export function anonymousIdOf(view: View): string | undefined {
  return idOf(own(view.event, 'anonymousId'))
}

/** The e-mail of an event, trimmed, whether or not it has the form of an address; only strings count. */
export function emailOf(view: View): Found | undefined {
  for (const { path, place } of emailSources) {
    const value = own(view[place], 'email')
    if (typeof value === 'string' && !isBlank(value)) return { path, value: value.trim() }
  }
  return undefined
}

/** The address by which an identify's customer can be found: the e-mail, else the first of `emails` that has the form. */
export function findableEmailOf(view: View): string | undefined {
  const email = emailOf(view)?.value
  if (email !== undefined) return hasEmailForm(email) ? email : undefined
  return findEmail(own(view.traits, 'emails')) ?? findEmail(own(view.contextTraits, 'emails'))
}

/** The entry of `context.externalId` that names Kustomer's own id; the id is not checked. */
export function kustomerIdOf({ context }: View): { id: string | undefined } | undefined {
  const entries = own(context, 'externalId')
  if (!Array.isArray(entries)) return undefined
  const entry = entries.find(item => isFields(item) && own(item, 'type') === 'kustomerId')
  return entry === undefined ? undefined : { id: textOf(own(entry, 'id')) }
}

function idAt(path: string, value: string): string {
  if (isId(value)) return value
  throw new InvalidEventError('INVALID_IDENTITY', [
    { path, expected: 'at most 256 characters, none of them half a surrogate pair', got: 'string' },
  ])
}
