import tv4 from 'tv4'
import { isDateTime } from './date-time.ts'
import { isDeeper } from './depth.ts'
import { customerSchema, identityEventSchema, type SchemaRules } from './schemas.ts'

/** One entry of `errors` in an answer, in the shape that was recorded from Kustomer. */
export interface KustomerError {
  status: number
  code: string
  title: string
  detail?: string
  source?: { parameter: string }
}

/** Checks a body. Returns no errors if Kustomer accepts it. Takes any value and never throws. */
export type Validator = (body: unknown) => KustomerError[]

/** Levels of nesting. The schemas accept at most four; a much deeper body would overflow the stack in tv4. */
const maxDepth = 200

/** tv4's code of "Array items are not unique". */
const notUnique = 402

/**
 * Creates the two validators of an organisation.
 * They use tv4, as Kustomer does: titles and details are exactly those that were recorded from Kustomer.
 */
export function validators(rules: SchemaRules = {}): { customer: Validator; identityEvent: Validator } {
  const errorsIn = schemaErrors(rules)
  const validator =
    (name: SchemaName): Validator =>
    body => {
      if (isDeeper(body, maxDepth)) return [{ status: 400, code: 'badparam', title: 'Nested too deeply' }]
      return errorsIn(name, body).map(described)
    }
  return { customer: validator('customer'), identityEvent: validator('identityEvent') }
}

/** The body of a create or update of a customer, or of `POST /v1/tracking/identityEvent`. */
export type SchemaName = 'customer' | 'identityEvent'

/** Returns a function that checks a body of at most 200 levels and returns tv4's own errors, with their paths. */
export function schemaErrors(
  rules: SchemaRules = {},
): (name: SchemaName, body: unknown) => tv4.ValidationError[] {
  const api = tv4.freshApi()
  api.addFormat({
    'date-time': (value: unknown) => refuse(value, isDateTime, 'a date-time'),
    uri: (value: unknown) => refuse(value, text => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text), 'a URI'),
    email: (value: unknown) => refuse(value, text => /^[^\s@]+@[^\s@]+$/.test(text), 'an e-mail address'),
  })
  // `uniqueItems` of tv4 compares all pairs: with 100 kB of tags it takes minutes.
  api.defineKeyword('distinct', repeated)
  api.addSchema('customer', customerSchema(rules))
  api.addSchema('identityEvent', identityEventSchema(rules))
  return (name, body) => api.validateMultiple(body, { $ref: name }).errors
}

const standard = validators()

/** Checks the body of a create or an update of a customer. Returns no errors if Kustomer accepts it. Never throws. */
export function validateCustomer(body: unknown): KustomerError[] {
  return standard.customer(body)
}

/** Checks the body of `POST /v1/tracking/identityEvent`. Returns no errors if Kustomer accepts it. Never throws. */
export function validateIdentityEvent(body: unknown): KustomerError[] {
  return standard.identityEvent(body)
}

function described(error: tv4.ValidationError): KustomerError {
  const { key } = (error as Partial<tv4.ErrorVar>).params ?? {}
  const last = error.dataPath?.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~')
  return {
    status: 400,
    source: { parameter: typeof key === 'string' ? key : last || 'body' },
    code: 'badparam',
    title: String(error.message),
    detail: error.schemaPath ?? '',
  }
}

function refuse(value: unknown, isFine: (text: string) => boolean, what: string): string | null {
  return typeof value !== 'string' || isFine(value) ? null : `not ${what}`
}

function repeated(items: unknown): tv4.ValidationError | null {
  if (!Array.isArray(items)) return null
  const seen = new Map<unknown, number>()
  for (const [match2, item] of items.entries()) {
    const match1 = seen.get(item)
    if (match1 !== undefined)
      return { code: notUnique, message: { match1, match2 }, schemaPath: '/uniqueItems' }
    seen.set(item, match2)
  }
  return null
}
