import { isFields, isPresent, own, textOf } from '../view.ts'
import type { Json } from './types.ts'

/** Reads a source's value in the shape that Kustomer wants, in both modes; undefined: absent, the next source is asked. */
export type Shape = (value: unknown) => unknown

/** A text: other kinds count as absent. */
export const text: Shape = textOf

/** Whatever is there, without null and blank leaves. */
export const anything: Shape = value => (isPresent(value) ? pruned(value) : undefined)

/** A list of texts; one text is a list of one. */
export const texts: Shape = value => {
  const found = (Array.isArray(value) ? value : [value]).map(textOf).filter(item => item !== undefined)
  return found.length > 0 ? found : undefined
}

/** A list of anything; one object is a list of one. */
export const list: Shape = value => {
  if (isFields(value)) return list([value])
  return Array.isArray(value) ? pruned(value) : undefined
}

/** An object without null and blank leaves. */
export const object: Shape = value => (isFields(value) ? pruned(value) : undefined)

/** An object to the letter: inside `custom` a null clears an attribute. */
export const verbatim: Shape = value => (isFields(value) && Object.keys(value).length > 0 ? value : undefined)

/** A company: its name, or the text itself. */
export const company: Shape = value => textOf(isFields(value) ? own(value, 'name') : value)

/** One URL as a list of one. */
export const urlList: Shape = value => {
  const url = textOf(value)
  return url === undefined ? undefined : [{ url }]
}

/** One address, as text or in parts, as a list of one location. */
export const location: Shape = value => {
  const address = isFields(value) ? joinedParts(value) : textOf(value)
  return address === undefined ? undefined : [{ type: 'home', address }]
}

/** A list of addresses: a text, an object, or a list of either; each trimmed and once, `home` where no type is given. */
export function addresses(key: 'email' | 'phone'): Shape {
  return value => {
    const found = new Map<string, Json>()
    for (const item of Array.isArray(value) ? value : [value]) {
      const address = textOf(isFields(item) ? own(item, key) : item)?.trim()
      if (address === undefined || found.has(address.toLowerCase())) continue
      const rest = isFields(item) ? (pruned(item) as Record<string, Json>) : {}
      found.set(address.toLowerCase(), { ...rest, type: rest.type ?? 'home', [key]: address })
    }
    return found.size > 0 ? [...found.values()] : undefined
  }
}

function joinedParts(address: Record<string, unknown>): string | undefined {
  const part = (key: string) => textOf(own(address, key))?.trim()
  const parts = [
    part('street'),
    part('city'),
    part('state'),
    part('postalCode') ?? part('zip'),
    part('country'),
  ]
  const present = parts.filter(Boolean)
  return present.length > 0 ? present.join(' ') : undefined
}

/** A copy without null, undefined and blank leaves, and without what they leave empty. */
function pruned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null)
    return isPresent(value) && !Number.isNaN(value) ? value : undefined
  if (Array.isArray(value)) {
    const items = value.map(pruned).filter(item => item !== undefined)
    return items.length > 0 ? items : undefined
  }
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const kept = pruned(item)
    return kept === undefined ? [] : [[key, kept]]
  })
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}
