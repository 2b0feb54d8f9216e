import type { Note } from '../call.ts'
import { leaveOut } from '../note.ts'
import { isFields, isPresent } from '../view.ts'

/** The attributes whose items say whether the address or account was verified. */
const attributes: ReadonlySet<string> = new Set(['emails', 'phones', 'whatsapps', 'socials'])

/**
 * The value of an attribute without `verified` in its items, which is noted. Other attributes, and items without
 * `verified`, are unchanged. Items keep their places in a list.
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
