import { isFields, own, textOf } from '../view.ts'

const form = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/**
 * Whether a text has the form of an e-mail address: one `@`, no blank, no lone surrogate, something before the `@`,
 * and behind it a dot with something on both sides.
 */
export function hasEmailForm(text: string): boolean {
  return form.test(text) && text.isWellFormed()
}

/** The first address of an `emails` trait (a text, an object, or a list of either) that has the form. */
export function findEmail(value: unknown): string | undefined {
  for (const item of Array.isArray(value) ? value : [value]) {
    const email = textOf(isFields(item) ? own(item, 'email') : item)?.trim()
    if (email !== undefined && hasEmailForm(email)) return email
  }
  return undefined
}
