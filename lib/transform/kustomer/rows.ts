import type { Note } from '../call.ts'
import { addresses } from './addresses.ts'
import * as fit from './fits.ts'
import { limits } from './limits.ts'
import * as list from './lists.ts'
import { location, locations } from './location.ts'
import { sentiment } from './sentiment.ts'
import * as shape from './shapes.ts'
import { type Source, sourcesOf } from './sources.ts'
import { tags } from './tags.ts'
import type { Customer } from './types.ts'

type Target = Exclude<keyof Customer, 'externalId' | 'custom'>

/**
 * One attribute of a customer: where it comes from, and in what shape. `from` names sources as `sourcesOf` reads them;
 * the first that has the shape `as` wins. `fit` fits the value to Kustomer's schema, with `advancedTransform` only.
 */
export interface Row {
  to: Target
  from: readonly string[]
  sources: readonly Source[]
  as: (value: unknown, path: string, notes: Note[]) => unknown
  /** The shape without `advancedTransform`, when Kustomer validates lists and objects. */
  unfitted: (value: unknown, path: string, notes: Note[]) => unknown
  fit: (value: never, path: string, notes: Note[]) => unknown
  /** What the README shows in the column "as". */
  docs: string
  /** Whether the next source is read when the fit leaves nothing of this one. */
  fallsThrough: boolean
}

/** How a row reads and fits its value. */
interface WrittenRow<To extends Target, Given> {
  as: shape.Shape<Given>
  unfitted?: shape.Shape<unknown>
  fit: fit.Fit<Given, NonNullable<Customer[To]>>
  docs: string
  fallsThrough?: boolean
}

/**
 * A row: the compiler checks that `to` is an attribute of a customer, that `fit` takes what `as` reads, and that `fit`
 * gives what the attribute holds.
 */
export function row<To extends Target, Given>(to: To, from: string[], written: WrittenRow<To, Given>): Row {
  const { as } = written
  return { to, from, sources: from.flatMap(sourcesOf), unfitted: as, fallsThrough: false, ...written }
}

const textUpTo = (maxLength: number) => ({ as: shape.text, fit: fit.textUpTo(maxLength), docs: 'text' })
const listShape = { as: shape.list, unfitted: shape.anyContent, docs: 'list' }
const time = { as: shape.anything, fit: fit.dateTime, docs: 'date-time' }

/** The mapping of an identify. A new trait is a row here and a golden file. */
export const rows: readonly Row[] = [
  row('name', ['name', 'fullName()'], textUpTo(limits.nameLength)),
  row('username', ['userName', 'username'], textUpTo(limits.usernameLength)),
  row('company', ['company'], { as: shape.company, fit: fit.anyText, docs: 'its `name`, or the text' }),
  row('signedUpAt', ['createdAt', 'createdat', 'signedUpAt'], time),
  row('lastActivityAt', ['lastActivityAt'], time),
  row('lastCustomerActivityAt', ['lastCustomerActivityAt'], time),
  row('lastSeenAt', ['lastSeenAt'], time),
  row('importedAt', ['importedAt'], time),
  row('birthdayAt', ['dob', 'birthday'], time),
  row('avatarUrl', ['avatar'], { as: shape.anything, fit: fit.absoluteUrl, docs: 'url' }),
  row('gender', ['gender'], { as: shape.anything, fit: fit.gender, docs: '`m` or `f`' }),
  row('tags', ['tags'], { as: shape.texts, unfitted: shape.textsOrAny, fit: tags, docs: 'list of text' }),
  row('locale', ['context.locale', 'locale'], textUpTo(limits.localeLength)),
  row('emails', ['emails', 'email()'], {
    as: addresses('email'),
    fit: list.emails,
    docs: 'list of `{type, email}`',
    fallsThrough: true,
  }),
  row('phones', ['phones', 'phone', 'properties.phone'], {
    as: addresses('phone'),
    fit: list.phones,
    docs: 'list of `{type, phone}`',
    fallsThrough: true,
  }),
  row('socials', ['socials'], { ...listShape, fit: list.socials }),
  row('whatsapps', ['whatsapps'], { ...listShape, fit: list.whatsapps }),
  row('facebookIds', ['facebookIds'], { ...listShape, fit: list.facebookIds }),
  row('instagramIds', ['instagramIds'], { ...listShape, fit: list.instagramIds }),
  row('urls', ['website', 'properties.website'], { as: shape.urlList, fit: fit.urls, docs: '`[{url}]`' }),
  row('locations', ['address'], { as: location, fit: locations, docs: '`[{type, address}]`' }),
  row('sentiment', ['sentiment'], {
    as: shape.object,
    unfitted: shape.anyContent,
    fit: sentiment,
    docs: 'object',
  }),
  row('timeZone', ['timeZone'], textUpTo(limits.timeZoneLength)),
  row('defaultLang', ['defaultLanguage'], textUpTo(limits.defaultLangLength)),
  row('rev', ['rev'], { as: shape.anything, fit: fit.number, docs: 'number' }),
]

/** The sources of `custom`, whose names are the sender's. Without `advancedTransform` it is sent unchanged. */
export const customSources: readonly Source[] = sourcesOf('customObject')
