import { hasEmailForm } from '../coerce/email.ts'
import { textOf } from '../view.ts'
import { absoluteUrl, type Fit, type ItemKey, items, textUpTo } from './fits.ts'

/** The item schemas of a customer's lists (developer.kustomer.com, customers, read 2026-11). They are closed. */

const noLimit = Number.POSITIVE_INFINITY

/** A text; another kind is refused. */
function text(maxLength = noLimit): Fit {
  const upTo = textUpTo(maxLength)
  return (value, tell) => (textOf(value) === undefined ? undefined : upTo(textOf(value), tell))
}

const email: Fit = (value, tell) => {
  const address = textOf(value) ?? ''
  if (hasEmailForm(address)) return address
  tell('left out', 'not the form of an e-mail address')
  return undefined
}

/** One of these words, in lower case; another becomes `other` where that is one of them. */
function word(...words: string[]): Fit {
  return (value, tell) => {
    const given = textOf(value)?.trim().toLowerCase() ?? ''
    const found = words.includes(given) ? given : words.find(name => name === 'other')
    if (found !== undefined && found !== value) tell('converted', `type to ${found}`)
    return found
  }
}

const isBoolean: Fit = value => (typeof value === 'boolean' ? value : undefined)
const verified: ItemKey = { key: 'verified', fit: isBoolean }
const required = (key: string, fit: Fit): ItemKey => ({ key, fit, isRequired: true })
const optional = (key: string, fit: Fit): ItemKey => ({ key, fit })

export const emails = items([
  optional('type', word('home', 'work', 'other')),
  required('email', email),
  verified,
])

export const phones = items([
  optional('type', word('mobile', 'home', 'work', 'fax', 'other')),
  required('phone', text()),
  verified,
])

export const whatsapps = items([optional('type', word('mobile')), required('phone', text()), verified])

export const socials = items([
  required('type', word('twitter', 'facebook', 'instagram', 'linkedin', 'pinterest')),
  required('username', text(256)),
  optional('userid', text(256)),
  optional('url', absoluteUrl),
  verified,
])

export const facebookIds = items([
  required('pageId', text()),
  required('userId', text()),
  optional('name', text()),
])

export const instagramIds = items([
  required('pageId', text()),
  required('threadId', text()),
  required('username', text()),
  optional('instagramId', text()),
])

export const locations = items([
  optional('type', word('home', 'work', 'other')),
  required('address', text(256)),
])
