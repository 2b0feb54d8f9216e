/**
 * What Kustomer found wrong with an attribute, in the relay's own terms. Kustomer validates with tv4: `detail` is the path
 * of the rule in its schema and ends in the rule's keyword (recorded from Kustomer, 2026-08).
 */
export type SchemaFault =
  | 'wrongType'
  | 'unknownName'
  | 'tooLong'
  | 'tooMany'
  | 'badForm'
  | 'notListed'
  | 'repeated'
  | 'missing'

const keywords: Record<string, SchemaFault> = {
  type: 'wrongType',
  additionalProperties: 'unknownName',
  maxLength: 'tooLong',
  maxItems: 'tooMany',
  maxProperties: 'tooMany',
  pattern: 'badForm',
  format: 'badForm',
  minLength: 'badForm',
  enum: 'notListed',
  uniqueItems: 'repeated',
  required: 'missing',
}

/** How many characters of a path are read, from its end. */
const maxPath = 64

/** The fault that a schema path names, such as `/properties/name/maxLength`. Undefined for any other value. */
export function schemaFaultIn(path: unknown): SchemaFault | undefined {
  if (typeof path !== 'string') return undefined
  const last = path
    .slice(-maxPath)
    .split('/')
    .findLast(part => part !== '' && !/^\d+$/.test(part))
  return last !== undefined && Object.hasOwn(keywords, last) ? keywords[last] : undefined
}
