import { InvalidEventError } from '../errors.ts'
import { findEmail } from './coerce/email.ts'
import { firstOf, idOf, isFields, isId, own, textOf, type View } from './view.ts'

/** Whom an event is about. */
export interface ExternalId {
  value: string
  from: 'userId' | 'anonymousId'
}

/**
 * The external id: the user id, else the anonymous id; the first text found decides.
 * @throws InvalidEventError `MISSING_IDENTITY`, or `INVALID_IDENTITY` for one that is too long or cannot be encoded:
 * cutting it would merge people.
 */
export function externalIdOf(view: View): ExternalId {
  const sources = userIdSources(view)
  const user = firstOf(sources, textOf)
  const value = user ?? textOf(own(view.event, 'anonymousId'))
  if (value === undefined)
    throw new InvalidEventError('MISSING_IDENTITY', [
      { path: 'userId', expected: 'a user id or an anonymousId', got: 'none' },
    ])
  const from = user === undefined ? 'anonymousId' : 'userId'
  if (!isId(value))
    throw new InvalidEventError('INVALID_IDENTITY', [
      { path: from, expected: 'at most 256 well-formed UTF-16 units', got: `string of ${value.length}` },
    ])
  return { value, from }
}

/** The anonymous id, where it is an id. */
export function anonymousIdOf(view: View): string | undefined {
  return idOf(own(view.event, 'anonymousId'))
}

/** Where an event has its e-mail: only strings count. */
export function emailSources({ traits, contextTraits, properties }: View): [path: string, value: unknown][] {
  const string = (value: unknown) => (typeof value === 'string' ? textOf(value)?.trim() : undefined)
  return [
    ['traits.email', string(own(traits, 'email'))],
    ['context.traits.email', string(own(contextTraits, 'email'))],
    ['properties.email', string(own(properties, 'email'))],
  ]
}

/** The e-mail of an event, trimmed, whether or not it has the form of an address. */
export function emailOf(view: View): string | undefined {
  return emailSources(view).find(([, value]) => value !== undefined)?.[1] as string | undefined
}

/** The e-mail of an identify: else the first of `emails` that has the form of an address. */
export function identifyEmailOf(view: View): string | undefined {
  return emailOf(view) ?? firstOf([own(view.traits, 'emails'), own(view.contextTraits, 'emails')], findEmail)
}

/** Kustomer's own id, as the sender gave it: a text, not yet checked. */
export function kustomerIdOf({ context }: View): string | undefined {
  const entries = own(context, 'externalId')
  const entry = Array.isArray(entries)
    ? entries.find(item => isFields(item) && own(item, 'type') === 'kustomerId')
    : undefined
  return entry === undefined ? undefined : textOf(own(entry, 'id'))
}

function userIdSources({ event, traits, contextTraits }: View): unknown[] {
  return [
    own(event, 'userId'),
    own(traits, 'userId'),
    own(traits, 'id'),
    own(contextTraits, 'userId'),
    own(contextTraits, 'id'),
  ]
}
