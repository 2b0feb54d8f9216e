import { objectOf } from '../../kustomer-stand-in/person.ts'
import type { Attributes } from '../../kustomer-stand-in/types.ts'
import { textsOf } from '../marks.ts'
import { keyOf } from './identifier-history.ts'
import type { Rule, Write } from './judged-write.ts'

/** Items that Kustomer takes of one list. */
const maxItems = 10

const lists = [
  ['emails', 'email'],
  ['phones', 'phone'],
  ['externalIds', 'externalId'],
] as const

/** An address or an external id that was there, whoever wrote it, stays there. */
export const lostItems: Rule = ({ change: { before, after } }) => {
  const lost = lists.flatMap(([list, key]) => {
    const has = new Set(textsOf(after, list, key))
    return textsOf(before, list, key)
      .filter(item => !has.has(item))
      .map(item => `${list} ${item}`)
  })
  return lost.length > 0 ? `lost ${lost.join(', ')}` : undefined
}

/**
 * A user takes over a customer of nobody, of a guest, or by the e-mail; a guest never takes one over. An id that an agent
 * took from the customer and gave to nobody may be put back: its record is trusted without a read.
 */
export const takenOver: Rule = write => {
  const { change, identifies, history, isAnonymous } = write
  const { before, after } = change
  const [first] = identifies
  const [own, now] = [before?.externalId, after.externalId]
  if (first === undefined || own === undefined || own === now) return undefined
  if (first.planned.role === 'anonymous') return `a guest took over the customer of ${own}`
  const isKnown = textsOf(before, 'externalIds', 'externalId').includes(String(now))
  const has = new Set(textsOf(before, 'emails', 'email').map(email => email.toLowerCase()))
  const isByEmail = identifies.some(({ content }) => has.has(content.emails[0]?.toLowerCase() ?? ''))
  const key = keyOf('externalIds', String(now))
  const isPutBack = history.holder(key) === undefined && history.wasOn(key, change.customerId)
  return isKnown || isByEmail || isPutBack || isAnonymous(String(own))
    ? undefined
    : `${now} took over the customer of ${own}`
}

/** What a user's identify has written is found by the user's id, so that the next event lands there. */
export const leadsNowhere: Rule = ({ change: { after }, identifies }) => {
  const found = textsOf(after, 'externalIds', 'externalId')
  const lost = identifies.find(
    ({ planned, mode }) =>
      planned.role === 'user' &&
      mode === 'full' &&
      !found.includes(String(planned.externalId)) &&
      found.length < maxItems,
  )
  return lost ? `${lost.planned.externalId} does not lead to the customer` : undefined
}

/** A guest on another person's customer, and an old identify, change nothing that is there. */
export const wrongFill: Rule = write => {
  const { change, identifies } = write
  const { before = {}, after } = change
  if (isLate(write) || identifies.length === 0) return undefined
  const isGuest = isGuestOn(write)
  if (!isGuest && identifies.some(({ mode }) => mode !== 'fill')) return undefined
  const changed = lists.filter(([list, key]) => {
    const [had, has] = [textsOf(before, list, key), textsOf(after, list, key)]
    const mayFill = !isGuest && list !== 'externalIds' && had.length === 0
    return !mayFill && has.some(item => !had.includes(item))
  })
  const why = isGuest ? 'a guest' : 'an old identify'
  return changed.length > 0 ? `${why} added to ${changed.map(([list]) => list).join(', ')}` : undefined
}

/** Name and plan are those of the identifies, taken one after the other. */
export const wrongValues: Rule = write => {
  if (isLate(write)) return undefined
  const { before, after } = write.change
  const isGuest = isGuestOn(write)
  const wrong = (['name', 'plan'] as const).filter(field => {
    let allowed = new Set([fieldOf(before, field)])
    for (const { content, mode } of write.identifies) {
      const brought = content[field]
      if (brought === undefined) continue
      const filled = new Set([...allowed].map(value => value ?? brought))
      const isFull = mode === 'full' && !isGuest
      allowed = isFull ? new Set([brought]) : mode === 'fill' || isGuest ? filled : filled.add(brought)
    }
    return write.identifies.length > 0 && !allowed.has(fieldOf(after, field))
  })
  const kind = isGuest
    ? 'a guest'
    : write.identifies.some(({ mode }) => mode === 'fill')
      ? 'an old one'
      : 'a new one'
  const shown = wrong.map(field => `${field} ${fieldOf(before, field)} became ${fieldOf(after, field)}`)
  return wrong.length > 0 ? `wrong values by ${kind}: ${shown.join(', ')}` : undefined
}

/** An address that an identify brings is there afterwards, unless it is or was another customer's, or the list is full. */
export const missingAddresses: Rule = write => {
  const { change, identifies, history } = write
  if (isLate(write) || isGuestOn(write)) return undefined
  const missing = identifies
    .filter(({ mode }) => mode === 'full')
    .flatMap(({ content: { emails, phone } }) => [
      ...emails.map(email => ['emails', 'email', email] as const),
      ...(phone === undefined ? [] : [['phones', 'phone', phone] as const]),
    ])
    .filter(([list, key, value]) => {
      const has = textsOf(change.after, list, key)
      const isThere = has.length >= maxItems || has.some(item => keyOf(list, item) === keyOf(list, value))
      return !isThere && !history.wasAnothers(keyOf(list, value), change.customerId)
    })
  return missing.length > 0 ? `did not bring ${missing.map(([, , value]) => value).join(', ')}` : undefined
}

/** Whether the identifies are a guest's and the customer is another person's. */
function isGuestOn({ change: { before }, identifies: [first] }: Write): boolean {
  const own = before?.externalId
  return first?.planned.role === 'anonymous' && own !== undefined && own !== first.planned.externalId
}

/** What Kustomer carried out after the relay had given it up can come in any order. */
function isLate({ change }: Write): boolean {
  return change.call?.fault === 'late'
}

function fieldOf(attributes: Attributes | undefined, field: 'name' | 'plan'): string | undefined {
  const value = field === 'name' ? attributes?.name : objectOf(attributes?.custom).planStr
  return typeof value === 'string' ? value : undefined
}
