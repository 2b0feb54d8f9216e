import type { JsonSchema } from 'tv4'

/** A text of so many UTF-16 units. */
export function text(maxLength?: number, minLength?: number): JsonSchema {
  return {
    type: 'string',
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(minLength === undefined ? {} : { minLength }),
  }
}

/** A date-time in Kustomer's form. */
export const at: JsonSchema = { type: 'string', format: 'date-time' }

/**
 * An object of these properties and no other.
 * The properties have no prototype: tv4 looks them up by name, so that `constructor` would otherwise count as known.
 */
export function closed(properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema {
  return {
    type: 'object',
    properties: Object.assign(Object.create(null), properties),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  }
}
