import type { JsonSchema } from 'tv4'
import { addressLists } from './schemas-of-lists.ts'
import { at, closed, text } from './schemas-of-values.ts'

/** The settings of an organisation that its schemas depend on. */
export interface SchemaRules {
  /** Names of the declared custom attributes. Undefined: any name with a known suffix is accepted. */
  declaredCustom?: string[]
  /** Whether `company` must be an id of 24 hex digits. */
  companyMustBeId?: boolean
}

/** Kustomer's kinds of custom attributes, by the suffix of their name. */
const customKinds: Record<string, JsonSchema> = {
  Str: text(1024),
  Txt: text(1024),
  Num: { type: 'number' },
  At: at,
  Bool: { type: 'boolean' },
  Url: { type: 'string', format: 'uri' },
  Id: text(),
  Tree: text(),
}

/** A tag has letters, digits, `_ / < > - .`, and spaces, but not at its start or end. */
const tags = {
  type: 'array',
  maxItems: 20,
  distinct: true,
  items: { ...text(64), pattern: '^[a-zA-Z0-9_/<>.-]([a-zA-Z0-9_/<>. -]*[a-zA-Z0-9_/<>.-])?$' },
}

/** Attributes that a customer and an identity share. */
const common = {
  name: text(256),
  username: text(256),
  externalId: text(256, 1),
  locale: text(16),
  timeZone: text(64),
  gender: { type: 'string', enum: ['m', 'f'] },
  tags,
  ...Object.fromEntries(
    [
      'signedUpAt',
      'lastActivityAt',
      'lastCustomerActivityAt',
      'lastSeenAt',
      'birthdayAt',
      'createdAt',
      'importedAt',
    ].map(name => [name, at]),
  ),
}

/**
 * Returns the schema of a customer's writable attributes, for create and update. No level allows other properties.
 * Source: the customer schema of Kustomer's API (developer.kustomer.com and its OpenAPI of May 2025).
 */
export function customerSchema(rules: SchemaRules): JsonSchema {
  return closed({
    ...common,
    ...addressLists,
    company: rules.companyMustBeId ? { type: 'string', pattern: '^[0-9a-f]{24}$' } : text(),
    avatarUrl: { type: 'string', format: 'uri' },
    defaultLang: text(100),
    sentiment: closed(
      {
        polarity: { type: 'number', enum: [-1, 0, 1] },
        confidence: { type: 'number', minimum: -1, maximum: 1 },
      },
      ['polarity', 'confidence'],
    ),
    custom: custom(rules, 'null'),
    rev: { type: 'number' },
  })
}

/**
 * Returns the schema of the body of `POST /v1/tracking/identityEvent`. `identity` and `event` are required, allow no
 * other properties, and no value may be null.
 * The patterns of `meta` come from RudderStack's Kustomer destination. Its pattern of event names is exactly Kustomer's.
 */
export function identityEventSchema(rules: SchemaRules): JsonSchema {
  const identity = closed({
    ...common,
    email: { type: 'string', format: 'email' },
    phone: text(),
    trackingId: text(),
    sessionId: text(),
    location: addressLists.locations.items,
    custom: custom(rules),
  })
  const event = closed(
    {
      name: { type: 'string', maxLength: 255, pattern: '^[a-zA-Z]{1}[a-zA-Z0-9-_.]+$' },
      meta,
      sessionId: text(),
      trackingId: text(),
    },
    ['name'],
  )
  return closed({ identity, event }, ['identity', 'event'])
}

const meta = {
  type: 'object',
  maxProperties: 100,
  patternProperties: {
    '^[a-zA-Z]{1}[a-zA-Z0-9-_]{2,32}Num$': { type: 'number' },
    '^[a-zA-Z]{1}[a-zA-Z0-9-_]{2,32}At$': at,
    '(?!.*(Num|At))^[a-zA-Z]{1}[a-zA-Z0-9-_]{2,32}$': text(),
  },
  additionalProperties: false,
}

/** Returns the schema of `custom`. With `'null'` a null is accepted too: it clears the attribute. */
function custom({ declaredCustom }: SchemaRules, ...also: 'null'[]): JsonSchema {
  const kinds = Object.entries(customKinds).map(
    ([suffix, schema]) => [suffix, { ...schema, type: [schema.type, ...also].flat() }] as const,
  )
  const base = { maxProperties: 100, additionalProperties: false }
  if (declaredCustom === undefined) {
    return {
      ...base,
      type: 'object',
      patternProperties: Object.fromEntries(kinds.map(([s, k]) => [`${s}$`, k])),
    }
  }
  const declared = declaredCustom.flatMap(name =>
    kinds.filter(([s]) => name.endsWith(s)).map(([, k]) => [name, k]),
  )
  return { ...closed(Object.fromEntries(declared)), ...base }
}
