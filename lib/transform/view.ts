import { limits } from './kustomer/limits.ts'

/** An object whose keys and values are unknown. */
export type Fields = Record<string, unknown>

/** Stands for a part that an event does not have. */
export const noFields: Fields = Object.freeze({})

/** An event and its parts. A part that is not an object counts as an empty one. */
export interface View {
  event: Fields
  traits: Fields
  properties: Fields
  context: Fields
  contextTraits: Fields
}

/** The parts of an event. Nothing is copied. */
export function viewOf(event: Fields): View {
  const context = fieldsOf(own(event, 'context'))
  return {
    event,
    context,
    traits: fieldsOf(own(event, 'traits')),
    properties: fieldsOf(own(event, 'properties')),
    contextTraits: fieldsOf(own(context, 'traits')),
  }
}

/** Whether a value is an object but not a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value if it is an object, else an empty object. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : noFields
}

/** The value of an own property. Undefined if there is none: properties of the prototype do not count. */
export function own(fields: Fields, key: string): unknown {
  const value = fields[key]
  // Most keys are missing. Reading first avoids the slower check for them.
  return value !== undefined && Object.hasOwn(fields, key) ? value : undefined
}

/** Whether a string is empty or has only white space. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0)
  return !(first > 32 && first < 127) && text.trim() === ''
}

/** Whether a value is present: not undefined, not null and not a blank string. */
export function isPresent(value: unknown): boolean {
  return typeof value === 'string' ? !isBlank(value) : value !== undefined && value !== null
}

/** A string that is not blank, or a finite number as a string. Undefined for any other value. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return isBlank(value) ? undefined : value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

/**
 * A text that can be an id: at most 256 UTF-16 units and well-formed, so that it can be encoded in a URL. A number
 * beyond 2^53 - 1 is not an id: it was rounded when it was read, so several people may have the same one.
 */
export function idOf(value: unknown): string | undefined {
  const text = textOf(value)
  if (text === undefined || text.length > limits.externalIdLength || !text.isWellFormed()) return undefined
  return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER ? undefined : text
}

/** The kind of a value, for issues, which never hold the value itself. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return isBlank(value) ? 'blank string' : 'string'
  return typeof value
}
