import { type KnownAttribute, knownAttributeIn } from './known-attributes.ts'
import { type SchemaFault, schemaFaultIn } from './schema-fault.ts'

/** The codes of Kustomer's errors that are documented or were recorded (developer.kustomer.com, read 2026-11). */
const codes = ['badparam', 'bad_request', 'notfound', 'duplicate'] as const

/**
 * What is kept of an error response. Kustomer's text is not kept: it quotes personal data, and once the key, in too
 * many forms to find them all. Every value here is one that this code defines.
 */
export interface KustomerError {
  /** `unknown` for every other code; undefined when the response holds no readable error. */
  code: (typeof codes)[number] | 'unknown' | undefined
  /** The known attributes that the error names. */
  attributes: KnownAttribute[]
  /** What is wrong with the first attribute. */
  fault?: SchemaFault
  /** The error mentions a duplicate: another customer has a value that must be unique. */
  isDuplicate: boolean
  /** The error mentions `rev` or optimistic locking: the customer was changed after it was read. */
  namesRev: boolean
}

interface ErrorItem {
  code?: unknown
  title?: unknown
  detail?: unknown
  message?: unknown
  source?: { parameter?: unknown; pointer?: unknown } | null
}

/** Reads the body of an error response, in either of Kustomer's two shapes. Every part is checked. Never throws. */
export function readKustomerError(body: unknown): KustomerError {
  const errors = (body as { errors?: unknown } | undefined | null)?.errors
  const items = (Array.isArray(errors) ? errors : []).filter(isItem)
  const named = items
    .map(({ source, detail }) => [detail, source?.parameter, source?.pointer])
    // The path in the schema says where the attribute is; a property of an event may be called `email` too.
    .map(paths => paths.map(knownAttributeIn).find(attribute => attribute !== undefined))
    .filter(attribute => attribute !== undefined)
  const speaksOf = (pattern: RegExp) =>
    items.some(({ code, title, message, detail }) =>
      [code, title, message, detail].some(text => typeof text === 'string' && pattern.test(text)),
    )
  const fault = items.map(({ detail }) => schemaFaultIn(detail)).find(found => found !== undefined)
  return {
    ...(fault && { fault }),
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
