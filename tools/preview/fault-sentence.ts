import type { ValidationError } from 'tv4'
import type { Settings } from '../../lib/index.ts'
import { isOn } from '../../lib/transform/settings.ts'

/** The codes of tv4's errors that Kustomer's schemas can give (github.com/geraintluff/tv4, source). */
const codes = {
  ...{ INVALID_TYPE: 0, ENUM_MISMATCH: 1, NUMBER_MINIMUM: 101, NUMBER_MAXIMUM: 103 },
  ...{ STRING_LENGTH_SHORT: 200, STRING_LENGTH_LONG: 201, STRING_PATTERN: 202 },
  ...{ OBJECT_PROPERTIES_MAXIMUM: 301, OBJECT_REQUIRED: 302, OBJECT_ADDITIONAL_PROPERTIES: 303 },
  ...{ ARRAY_LENGTH_LONG: 401, ARRAY_UNIQUE: 402, FORMAT_CUSTOM: 500 },
} as const

/** Where a field is in the body, and the sentence about it. */
interface Found {
  /** Dotted, as in the body: `event.meta.revenue`, `emails.0.email`. */
  path: string
  sentence: string
}

/** Returns a sentence about an error of tv4: the field, what is wrong, and what to do. */
export function sentenceOf(error: ValidationError, body: unknown, settings: Settings): Found {
  const parts = (error.dataPath ?? '').split('/').filter(Boolean).map(unescaped)
  const { key } = (error as { params?: { key?: unknown } }).params ?? {}
  // Only the error about a missing part has the path of its parent.
  const all = error.code === codes.OBJECT_REQUIRED ? [...parts, String(key)] : parts
  const isMeta = all[0] === 'event' && all[1] === 'meta' && all.length > 2
  const isCustom = all.includes('custom')
  const name = `\`${(isMeta ? all.slice(2) : all[0] === 'event' || all[0] === 'identity' ? all.slice(1) : all).join('.') || 'the body'}\``
  const value = valueAt(body, parts)
  const isAdvanced = isOn(settings, 'advancedTransform')
  const advice = isMeta
    ? metaAdvice(error.code, all.at(-1) ?? '', value, isAdvanced)
    : all.join('.') === 'event.name' && error.code === codes.STRING_PATTERN
      ? `${nameRule}: ${renameIt(isAdvanced)}`
      : otherAdvice(error.code, value, isCustom, isAdvanced)
  return { path: all.join('.'), sentence: `${name} ${advice}.` }
}

const nameRule = 'is not a name that Kustomer accepts (a letter, then letters, digits, `-`, `_` or `.`)'

function renameIt(isAdvanced: boolean): string {
  return `${switchOn(isAdvanced)}rename it`
}

function switchOn(isAdvanced: boolean): string {
  return isAdvanced ? '' : 'switch `advancedTransform` on, or '
}

/** The rule for the names of properties is that their ending says their kind. */
function metaAdvice(code: number, key: string, value: unknown, isAdvanced: boolean): string {
  const toDo = renameIt(isAdvanced)
  if (code === codes.INVALID_TYPE || code === codes.FORMAT_CUSTOM) {
    if (key.endsWith('Num'))
      return `is ${kindOf(value)}, and its name ends in \`Num\`: send a number, or ${toDo}`
    if (key.endsWith('At'))
      return `is ${kindOf(value)}, and its name ends in \`At\`: send a date-time, or ${toDo}`
    const suffix = typeof value === 'number' ? '`Num`' : undefined
    return suffix
      ? `is ${kindOf(value)}, and its name does not end in ${suffix}: ${toDo}`
      : `is ${kindOf(value)}, and its name is one of a text: send a text, or switch \`advancedTransform\` on`
  }
  if (code === codes.OBJECT_ADDITIONAL_PROPERTIES)
    return `has a name that Kustomer does not accept (a letter, then 2 to 32 letters, digits, \`-\` or \`_\`, then \`Num\` or \`At\` for numbers and dates): ${toDo}`
  return otherAdvice(code, value, false, isAdvanced)
}

function otherAdvice(code: number, value: unknown, isCustom: boolean, isAdvanced: boolean): string {
  if (code === codes.OBJECT_ADDITIONAL_PROPERTIES)
    return isCustom
      ? "has a name without a custom attribute's ending (`Str`, `Txt`, `Num`, `At`, `Bool`, `Url`, `Id`, `Tree`): switch `advancedTransform` on, or rename it"
      : 'is not an attribute of Kustomer: leave it out'
  const known = sentences[code]
  const or = switchOn(isAdvanced)
  return known ? known(value, or) : `does not fit the schema: ${or}${atSource}`
}

const atSource = 'correct it at its source'

/** `or` begins what to do: with the setting that would help, if it is off. */
const sentences: Record<number, (value: unknown, or: string) => string> = {
  [codes.INVALID_TYPE]: (value, or) =>
    `is ${kindOf(value)}, which Kustomer does not accept here: ${or}${atSource}`,
  [codes.ENUM_MISMATCH]: (_, or) => `is not one of the values that Kustomer accepts: ${or}${atSource}`,
  [codes.NUMBER_MINIMUM]: (_, or) => `is too small: ${or}${atSource}`,
  [codes.NUMBER_MAXIMUM]: (_, or) => `is too large: ${or}${atSource}`,
  [codes.STRING_LENGTH_SHORT]: (_, or) => `is too short: ${or}${atSource}`,
  [codes.STRING_LENGTH_LONG]: (value, or) =>
    `has ${String(value).length} characters, which is too long: ${or}shorten it`,
  [codes.STRING_PATTERN]: (_, or) => `does not have the form that Kustomer requires: ${or}${atSource}`,
  [codes.OBJECT_REQUIRED]: (_, or) => `is missing: ${or}add it`,
  [codes.OBJECT_PROPERTIES_MAXIMUM]: (value, or) =>
    `has ${typeof value === 'object' && value ? Object.keys(value).length : 'too many'} names, and Kustomer accepts 100: ${or}send fewer`,
  [codes.ARRAY_LENGTH_LONG]: (value, or) =>
    `has ${Array.isArray(value) ? value.length : 'too many'} entries, which are too many: ${or}send fewer`,
  [codes.FORMAT_CUSTOM]: (_, or) => `is not a valid date-time, URL or e-mail address: ${or}${atSource}`,
  [codes.ARRAY_UNIQUE]: (_, or) => `holds a value twice: ${or}send it once`,
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  return typeof value === 'string' ? 'a text' : typeof value === 'number' ? 'a number' : 'missing'
}

function valueAt(body: unknown, parts: string[]): unknown {
  return parts.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined,
    body,
  )
}

function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}
