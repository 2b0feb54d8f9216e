import * as v from 'valibot'
import { nearest } from './nearest.ts'

/**
 * A schema of an object with exactly these entries. Every unknown key is an issue of its own, which names the key that
 * was probably meant (valibot's strictObject stops at the first).
 */
export function exact<const E extends v.ObjectEntries>(
  entries: E,
): v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<E, undefined>>> {
  const names = Object.keys(entries)
  return v.pipe(
    v.custom(isNoList, 'an object'),
    v.looseObject(entries, 'an object'),
    v.rawCheck(({ dataset, addIssue }) => {
      if (typeof dataset.value !== 'object' || dataset.value === null) return
      for (const [key, value] of Object.entries(dataset.value)) {
        if (names.includes(key)) continue
        const path = { type: 'object', origin: 'key', input: { [key]: value }, key, value } as const
        addIssue({ message: known('key', key, names), input: value, path: [path] })
      }
    }),
  )
}

/** The message for a name that is not in `names`: it suggests the one that was probably meant, else lists all. */
export function known(what: string, name: string, names: readonly string[]) {
  const meant = nearest(name, names)
  return `a known ${what} (${meant ? `did you mean ${meant}?` : `one of ${names.join(', ')}`})`
}

/** Needed because valibot accepts a list as an object. */
export function isNoList(value: unknown) {
  return !Array.isArray(value)
}
