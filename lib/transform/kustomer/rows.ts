import * as fit from './fits.ts'
import * as item from './items.ts'
import * as shape from './shapes.ts'
import type { Customer } from './types.ts'

/**
 * One attribute of a customer: where it comes from, and as what. A source without a dot is a trait (`traits`, then
 * `context.traits`); one with a dot is a path. `fullName` and `email` are read by functions of their own.
 */
export interface Row {
  to: Exclude<keyof Customer, 'externalId' | 'custom'>
  from: readonly string[]
  as: shape.Shape
  /** With `advancedTransform`. */
  fit?: fit.Fit
  /** What the README says of it. */
  says: string
}

const time = { as: shape.anything, fit: fit.dateTime, says: 'date-time' }

/** The mapping of an identify. A new trait is a row here and a golden file. */
export const rows: readonly Row[] = [
  { to: 'name', from: ['name', 'fullName()'], as: shape.text, fit: fit.textUpTo(256), says: 'text' },
  { to: 'username', from: ['userName', 'username'], as: shape.text, fit: fit.textUpTo(256), says: 'text' },
  { to: 'company', from: ['company'], as: shape.company, says: 'its `name`, or the text' },
  { to: 'signedUpAt', from: ['createdAt', 'createdat', 'signedUpAt'], ...time },
  { to: 'lastActivityAt', from: ['lastActivityAt'], ...time },
  { to: 'lastCustomerActivityAt', from: ['lastCustomerActivityAt'], ...time },
  { to: 'lastSeenAt', from: ['lastSeenAt'], ...time },
  { to: 'importedAt', from: ['importedAt'], ...time },
  { to: 'birthdayAt', from: ['dob', 'birthday'], ...time },
  { to: 'avatarUrl', from: ['avatar'], as: shape.anything, fit: fit.absoluteUrl, says: 'url' },
  { to: 'gender', from: ['gender'], as: shape.anything, fit: fit.gender, says: '`m` or `f`' },
  { to: 'tags', from: ['tags'], as: shape.texts, fit: fit.tags, says: 'list of text' },
  { to: 'locale', from: ['context.locale', 'locale'], as: shape.text, fit: fit.textUpTo(16), says: 'text' },
  {
    to: 'emails',
    from: ['emails', 'email()'],
    as: shape.addresses('email'),
    fit: item.emails,
    says: 'list of `{type, email}`',
  },
  {
    to: 'phones',
    from: ['phones', 'phone', 'properties.phone'],
    as: shape.addresses('phone'),
    fit: item.phones,
    says: 'list of `{type, phone}`',
  },
  { to: 'socials', from: ['socials'], as: shape.list, fit: item.socials, says: 'list' },
  { to: 'whatsapps', from: ['whatsapps'], as: shape.list, fit: item.whatsapps, says: 'list' },
  { to: 'facebookIds', from: ['facebookIds'], as: shape.list, fit: item.facebookIds, says: 'list' },
  { to: 'instagramIds', from: ['instagramIds'], as: shape.list, fit: item.instagramIds, says: 'list' },
  {
    to: 'urls',
    from: ['website', 'properties.website'],
    as: shape.urlList,
    fit: fit.urls,
    says: '`[{url}]`',
  },
  {
    to: 'locations',
    from: ['address'],
    as: shape.location,
    fit: item.locations,
    says: '`[{type, address}]`',
  },
  { to: 'sentiment', from: ['sentiment'], as: shape.object, fit: fit.sentiment, says: 'object' },
  { to: 'timeZone', from: ['timeZone'], as: shape.text, fit: fit.textUpTo(64), says: 'text' },
  { to: 'defaultLang', from: ['defaultLanguage'], as: shape.text, fit: fit.textUpTo(100), says: 'text' },
  { to: 'rev', from: ['rev'], as: shape.anything, fit: fit.number, says: 'number' },
]
