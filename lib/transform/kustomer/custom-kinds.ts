import { cut } from '../text/cut.ts'
import { toDateTime } from '../text/date-time.ts'
import { toJson } from '../text/to-json.ts'
import { toAbsoluteUrl } from '../text/url.ts'
import { limits } from './limits.ts'
import type { Json } from './types.ts'

/**
 * The endings of a custom attribute's name, which say what kind of value it holds (developer.kustomer.com, klasses).
 */
export type Suffix = keyof typeof kinds

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/

/** How a value is converted to each kind. Undefined if there is no obvious way. */
const kinds = {
  Str: (value: unknown) => shortText(value),
  Txt: (value: unknown) => shortText(value),
  Num: toNumber,
  At: (value: unknown) => (typeof value === 'string' ? toDateTime(value) : undefined),
  Bool: toBoolean,
  Url: (value: unknown) => (typeof value === 'string' ? toAbsoluteUrl(value) : undefined),
  Id: toText,
  Tree: toText,
}

/** The suffixes by their last character, so that most names need one comparison. */
const suffixesByEnd = Map.groupBy(Object.keys(kinds) as Suffix[], suffix => suffix.at(-1))

/** The suffix in which a name ends, if it is one of Kustomer's. */
export function suffixOf(name: string): Suffix | undefined {
  return suffixesByEnd.get(name.at(-1))?.find(suffix => name.endsWith(suffix))
}

/**
 * The value in the kind of the suffix. Null, which clears the attribute, is unchanged. Undefined if there is no plain
 * way.
 */
export function ofKind(suffix: Suffix, value: unknown): Json | undefined {
  return value === null ? null : kinds[suffix](value)
}

/** The suffix for the kind of a value, and the value in that kind. */
export function kindOfValue(value: unknown): { suffix: Suffix; value: Json } | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? { suffix: 'Num', value } : undefined
    case 'boolean':
      return { suffix: 'Bool', value }
    case 'string': {
      const at = toDateTime(value)
      return at === undefined
        ? { suffix: 'Str', value: cut(value, limits.customTextLength) }
        : { suffix: 'At', value: at }
    }
    case 'object':
      return value === null
        ? undefined
        : { suffix: 'Str', value: cut(toJson(value), limits.customTextLength) }
    default:
      return undefined
  }
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'boolean' || Number.isFinite(value) ? String(value) : undefined
}

function shortText(value: unknown): string | undefined {
  const text = toText(value)
  return text === undefined ? undefined : cut(text, limits.customTextLength)
}

function toNumber(value: unknown): number | undefined {
  const given = typeof value === 'string' && decimal.test(value.trim()) ? Number(value) : value
  return typeof given === 'number' && Number.isFinite(given) ? given : undefined
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  return value === 'true' ? true : value === 'false' ? false : undefined
}
