import { isFields, own, textOf } from '../view.ts'

const ascii = /^[!-~]+$/
const blank = /\s/
/** UTF-16 units: the longest path of a mailbox is 256 (RFC 5321, 4.5.3.1.3), and the address goes into a URL. */
const maxLength = 256

/**
 * Whether a text has the form of an e-mail address: at most 256 characters, one `@`, no blank, no lone surrogate,
 * something before the `@`, and after it a dot with something on both sides.
 */
export function hasEmailForm(text: string): boolean {
  if (text.length > maxLength) return false
  const at = text.indexOf('@')
  if (at < 1 || text.indexOf('@', at + 1) >= 0) return false
  const dot = text.indexOf('.', at + 2)
  if (dot < 0 || dot === text.length - 1) return false
  return ascii.test(text) || (!blank.test(text) && text.isWellFormed())
}

/** The first address of an `emails` trait (a text, an object, or a list of either) that has the form, trimmed. */
export function findEmail(value: unknown): string | undefined {
  for (const item of Array.isArray(value) ? value : [value]) {
    const email = textOf(isFields(item) ? own(item, 'email') : item)?.trim()
    if (email !== undefined && hasEmailForm(email)) return email
  }
  return undefined
}
