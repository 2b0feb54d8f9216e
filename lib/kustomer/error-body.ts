import { type KnownAttribute, knownAttributeIn } from './known-attributes.ts'

/** The codes of Kustomer's errors that are documented or were recorded (developer.kustomer.com, read 2026-11). */
const codes = ['badparam', 'bad_request', 'notfound', 'duplicate'] as const

/**
 * What is kept of an error answer. No text of Kustomer's is: it quotes people's data, and once the key, in too many
 * forms to find them all. Every value here is spelled in our own code.
 */
export interface KustomerError {
  /** `unknown` for every other code; undefined where the answer holds no error that can be read. */
  code: (typeof codes)[number] | 'unknown' | undefined
  /** The attributes that it names, without those that we do not know. */
  attributes: KnownAttribute[]
  /** It speaks of a duplicate: another customer has a value that must be unique. */
  isDuplicate: boolean
  /** It names `rev` or optimistic locking: the customer was changed after it was read. */
  namesRev: boolean
}

interface ErrorItem {
  code?: unknown
  title?: unknown
  detail?: unknown
  message?: unknown
  source?: { parameter?: unknown; pointer?: unknown } | null
}

/** Reads the body of an error answer, in either of Kustomer's two shapes, trusting neither. Never throws. */
export function readKustomerError(body: unknown): KustomerError {
  const errors = (body as { errors?: unknown } | undefined | null)?.errors
  const items = (Array.isArray(errors) ? errors : []).filter(isItem)
  const named = items
    .flatMap(({ source, detail }) => [source?.parameter, source?.pointer, detail])
    .map(knownAttributeIn)
    .filter(attribute => attribute !== undefined)
  const speaksOf = (pattern: RegExp) =>
    items.some(({ code, title, message, detail }) =>
      [code, title, message, detail].some(text => typeof text === 'string' && pattern.test(text)),
    )
  return {
    code: codeOf(items[0]),
    attributes: [...new Set(named)],
    isDuplicate: speaksOf(/duplicate/i),
    namesRev: named.includes('rev') || speaksOf(/\brev\b|optimistic.lock/i),
  }
}

function isItem(value: unknown): value is ErrorItem {
  return typeof value === 'object' && value !== null
}

function codeOf(item: ErrorItem | undefined): KustomerError['code'] {
  if (item === undefined) return undefined
  return codes.find(code => code === item.code) ?? 'unknown'
}
