import type { Note } from '../call.ts'
import { leaveOut } from '../note.ts'
import { isFields, isPresent } from '../view.ts'

/** The attributes whose items say whether the address or account was verified. */
const attributes: ReadonlySet<string> = new Set(['emails', 'phones', 'whatsapps', 'socials'])

/**
 * The value of an attribute without `verified` in its items, each noted. Other attributes, and items that do not have
 * it, are the same. The places of a list are kept.
 */
export function withoutVerified(attribute: string, value: unknown, path: string, notes: Note[]): unknown {
  if (!attributes.has(attribute)) return value
  if (!Array.isArray(value)) return itemWithout(value, path, notes)
  return value.map((item, index) => itemWithout(item, `${path}.${index}`, notes))
}

function itemWithout(item: unknown, path: string, notes: Note[]): unknown {
  if (!isFields(item) || !Object.hasOwn(item, 'verified')) return item
  const { verified, ...rest } = item
  if (isPresent(verified)) leaveOut(notes, `${path}.verified`, 'the setting acceptVerified is off')
  return rest
}
