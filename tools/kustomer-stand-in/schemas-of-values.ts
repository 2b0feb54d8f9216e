import type { JsonSchema } from 'tv4'

/** Returns the schema of a string. Lengths are in UTF-16 code units. */
export function text(maxLength?: number, minLength?: number): JsonSchema {
  return {
    type: 'string',
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(minLength === undefined ? {} : { minLength }),
  }
}

/** The schema of a date-time in Kustomer's format. */
export const at: JsonSchema = { type: 'string', format: 'date-time' }

/**
 * Returns the schema of an object with these properties and no others.
 * `properties` has no prototype. tv4 looks properties up by name, so with a prototype it would accept `constructor`.
 */
export function closed(properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema {
  return {
    type: 'object',
    properties: Object.assign(Object.create(null), properties),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  }
}
