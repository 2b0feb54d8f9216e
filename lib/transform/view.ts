import { limits } from './kustomer/limits.ts'

/** An object of which nothing is known but that it is one. */
export type Fields = Record<string, unknown>

/** What stands for a part that an event has not. */
export const noFields: Fields = Object.freeze({})

/** An event with its parts at hand: what is no plain object counts as an empty one. */
export interface View {
  event: Fields
  traits: Fields
  properties: Fields
  context: Fields
  contextTraits: Fields
}

/** Looks at an event without copying it. */
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

/** Whether a value is an object and no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as an object; an empty one where it is none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : noFields
}

/** An own property, undefined where there is none: what a prototype holds does not count. */
export function own(fields: Fields, key: string): unknown {
  const value = fields[key]
  // Most keys are not there at all: reading first spares them the dearer question.
  return value !== undefined && Object.hasOwn(fields, key) ? value : undefined
}

/** Whether a string is blank: nothing is left of it when it is trimmed. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0)
  return !(first > 32 && first < 127) && text.trim() === ''
}

/** Whether there is something: not undefined, not null, not a blank string. */
export function isPresent(value: unknown): boolean {
  return typeof value === 'string' ? !isBlank(value) : value !== undefined && value !== null
}

/** A present string, or a finite number written as one; undefined for every other kind. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return isBlank(value) ? undefined : value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

/**
 * A text that can serve as an id: at most 256 UTF-16 units and well-formed, so that it can be encoded. A number beyond
 * 2^53 - 1 is none: whoever read it as a number has rounded it, and so gave several people the same.
 */
export function idOf(value: unknown): string | undefined {
  const text = textOf(value)
  if (text === undefined || text.length > limits.externalIdLength || !text.isWellFormed()) return undefined
  return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER ? undefined : text
}

/** What kind of thing a value is, for issues: never the value. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return isBlank(value) ? 'blank string' : 'string'
  return typeof value
}
