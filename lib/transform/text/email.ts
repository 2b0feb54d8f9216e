import { isFields, own, textOf } from '../view.ts'

const ascii = /^[!-~]+$/
const blank = /\s/

/**
 * Whether a text has the form of an e-mail address: one `@`, no blank, no lone surrogate, something before the `@`,
 * and behind it a dot with something on both sides. Linear, however long the text is.
 */
export function hasEmailForm(text: string): boolean {
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
