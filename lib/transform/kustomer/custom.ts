import { toDateTime } from '../coerce/date-time.ts'
import { cut } from '../coerce/text.ts'
import { toAbsoluteUrl } from '../coerce/url.ts'
import type { Fields } from '../view.ts'
import type { Json } from './types.ts'

/** Says what was done to an attribute, by its key. */
export type TellKey = (key: string, did: 'renamed' | 'converted' | 'left out', why: string) => void

type Suffix = 'Str' | 'Txt' | 'Num' | 'At' | 'Bool' | 'Url' | 'Id' | 'Tree'

const suffixed = /(?:Str|Txt|Num|At|Bool|Url|Id|Tree)$/
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)$/
const maxText = 1024
const maxKeys = 100

/** Fits the custom attributes: each name ends in the kind of its value, each value is of the kind that its name says. */
export function fitCustom(fields: Fields, tell: TellKey): Record<string, Json> | undefined {
  const fitted = Object.entries(fields).flatMap(([key, value]) => {
    const one = suffixed.test(key) ? withSuffix(key, value) : withoutSuffix(key, value)
    if (one === undefined)
      tell(key, 'left out', 'its value is not of a kind that Kustomer takes under this name')
    else if (one.value !== value) tell(key, 'converted', `to what a name in ${one.suffix} takes`)
    return one ? [{ key, ...one }] : []
  })
  const kept = fitted.slice(0, maxKeys)
  for (const { key } of fitted.slice(maxKeys)) tell(key, 'left out', `Kustomer takes ${maxKeys} attributes`)
  const names = unique(kept)
  for (const [index, { key }] of kept.entries())
    if (names[index] !== key) tell(key, 'renamed', `to ${names[index]}: a name ends in the kind of its value`)
  const entries = kept.map(({ value }, index): [string, Json] => [names[index] ?? '', value])
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

interface Attribute {
  name: string
  suffix: Suffix
  value: Json
}

function withSuffix(key: string, value: unknown): Attribute | undefined {
  const suffix = suffixed.exec(key)?.[0] as Suffix
  const fitted = value === null ? null : ofKind(suffix, value)
  return fitted === undefined ? undefined : { name: key, suffix, value: fitted }
}

function ofKind(suffix: Suffix, value: unknown): Json | undefined {
  const text = typeof value === 'string' ? value : undefined
  switch (suffix) {
    case 'Num':
      return typeof value === 'number'
        ? finite(value)
        : decimal.test(text?.trim() ?? '')
          ? finite(Number(text))
          : undefined
    case 'Bool':
      return typeof value === 'boolean'
        ? value
        : { true: true, false: false }[text?.trim().toLowerCase() ?? '']
    case 'At':
      return text === undefined ? undefined : toDateTime(text)
    case 'Url':
      return text === undefined ? undefined : toAbsoluteUrl(text)
    default:
      return text === undefined
        ? plainText(value)
        : suffix === 'Str' || suffix === 'Txt'
          ? cut(text, maxText)
          : text
  }
}

function withoutSuffix(key: string, value: unknown): Attribute | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? { name: `${key}Num`, suffix: 'Num', value } : undefined
    case 'boolean':
      return { name: `${key}Bool`, suffix: 'Bool', value }
    case 'string': {
      const at = toDateTime(value)
      if (at !== undefined) return { name: `${key}At`, suffix: 'At', value: at }
      return { name: `${key}Str`, suffix: 'Str', value: cut(value, maxText) }
    }
    case 'object':
      if (value === null) return undefined
      return { name: `${key}Str`, suffix: 'Str', value: cut(JSON.stringify(value), maxText) }
    default:
      return undefined
  }
}

/** Names that nothing had to be done to stay; any other that meets a taken one is numbered before its suffix. */
function unique(attributes: (Attribute & { key: string })[]): string[] {
  const taken = new Set(attributes.filter(({ key, name }) => key === name).map(({ name }) => name))
  return attributes.map(({ key, name, suffix }) => {
    if (key === name) return name
    let free = name
    for (let n = 2; taken.has(free); n++) free = `${name.slice(0, -suffix.length)}_${n}${suffix}`
    taken.add(free)
    return free
  })
}

function plainText(value: unknown): string | undefined {
  return typeof value === 'boolean'
    ? String(value)
    : typeof value === 'number'
      ? finite(value)?.toString()
      : undefined
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}
