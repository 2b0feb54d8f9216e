import type { Customer } from '../transform/kustomer/types.ts'

/**
 * The attributes that an error of Kustomer may name: those of a customer, and those of an identity and an event.
 * Source: Kustomer's customer and tracking schemas (developer.kustomer.com, read 2026-11).
 */
const known = {
  ...{
    name: true,
    username: true,
    company: true,
    externalId: true,
    externalIds: true,
    sharedExternalIds: true,
  },
  ...{
    signedUpAt: true,
    lastActivityAt: true,
    lastCustomerActivityAt: true,
    lastSeenAt: true,
    birthdayAt: true,
  },
  ...{ createdAt: true, importedAt: true, avatarUrl: true, emails: true, sharedEmails: true, phones: true },
  ...{ sharedPhones: true, whatsapps: true, facebookIds: true, instagramIds: true, socials: true },
  ...{ sharedSocials: true, urls: true, locations: true, locale: true, timeZone: true, defaultLang: true },
  ...{ tags: true, sentiment: true, gender: true, custom: true, rev: true },
  ...{ email: true, phone: true, location: true, trackingId: true, sessionId: true, meta: true },
} as const satisfies Record<keyof Customer, true> & Record<string, true>

/** These attributes hold keys that the sender chose, and such a key may be personal data. */
const open = { custom: 'custom.*', meta: 'meta.*' } as const

/** An attribute of Kustomer's schemas; any key of `custom` or `meta` counts as the same one. */
export type KnownAttribute = Exclude<keyof typeof known, keyof typeof open> | (typeof open)[keyof typeof open]

/** Parts of a path that precede the attribute's name: from JSON:API, from JSON Schema, and from the two bodies. */
const leading = new Set([
  ...['', 'data', 'attributes', 'body', 'identity', 'event'],
  ...['properties', 'patternProperties', 'items', 'required'],
])
/** How many characters of a path are read: the attribute is near its beginning. */
const maxPath = 256

/**
 * The attribute that a path in a Kustomer error names, such as `emails`, `emails[0].email` or
 * `/properties/event/properties/meta`. Undefined when it is not a known attribute.
 */
export function knownAttributeIn(path: unknown): KnownAttribute | undefined {
  if (typeof path !== 'string') return undefined
  const parts = path.slice(0, maxPath).split(/[./[\]]/)
  const name = parts.find(part => !leading.has(part) && !/^\d+$/.test(part))
  if (name === undefined || !isKnown(name)) return undefined
  return name === 'custom' || name === 'meta' ? open[name] : name
}

function isKnown(name: string): name is keyof typeof known {
  return Object.hasOwn(known, name)
}
