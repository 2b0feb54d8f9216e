import { leaveOut } from '../note.ts'
import { hasEmailForm } from '../text/email.ts'
import { absoluteUrl, anyText, type Fit, textUpTo } from './fits.ts'
import { items, oneOf, optional, required, textIn } from './items.ts'
import { limits } from './limits.ts'
import type { EmailItem, Json, PhoneItem } from './types.ts'

/**
 * The lists of a customer, each with the keys of its items and with Kustomer's limits.
 * Source: the customer schema of Kustomer's API (developer.kustomer.com, read 2026-11).
 */

const text = textIn(anyText)

const email = textIn((address, path, notes) =>
  hasEmailForm(address) ? address : leaveOut(notes, path, 'not the form of an e-mail address'),
)

/** A boolean, or a text with one. */
const isBoolean: Fit<unknown, boolean> = (value, path, notes) => {
  if (typeof value === 'boolean') return value
  if (value !== 'true' && value !== 'false') return leaveOut(notes, path, 'neither true nor false')
  notes.push({ path, did: 'converted', why: 'to a boolean' })
  return value === 'true'
}

const verified = optional('verified', isBoolean)

export const emails = items<EmailItem>([
  required('email', email),
  optional('type', oneOf('home', 'work', 'other')),
  verified,
])

export const phones = items<PhoneItem>([
  required('phone', text),
  optional('type', oneOf('mobile', 'home', 'work', 'fax', 'other')),
  verified,
])

export const whatsapps = items<Json>([required('phone', text), optional('type', oneOf('mobile')), verified])

export const socials = items<Json>([
  required('type', oneOf('twitter', 'facebook', 'instagram', 'linkedin', 'pinterest')),
  required('username', textIn(textUpTo(limits.usernameLength))),
  optional('userid', textIn(textUpTo(limits.usernameLength))),
  optional('url', absoluteUrl),
  verified,
])

export const facebookIds = items<Json>([
  required('pageId', text),
  required('userId', text),
  optional('name', text),
])

export const instagramIds = items<Json>([
  required('pageId', text),
  required('threadId', text),
  required('username', text),
  optional('instagramId', text),
])
