/**
 * The limits of Kustomer's schemas: counts of items, and lengths in UTF-16 units.
 * Source: the customer and tracking schemas of Kustomer's API (developer.kustomer.com, read 2026-11); for the lengths of
 * `meta` keys the patterns of RudderStack's own Kustomer destination (read 2026-08).
 */
export const limits = {
  /** Items in each list of a customer: emails, phones, socials … */
  listItems: 10,
  tags: 20,
  tagLength: 64,
  customAttributes: 100,
  /** A custom attribute whose name ends in Str or Txt. */
  customTextLength: 1024,
  /** Keys of an event's `meta`. */
  metaKeys: 100,
  /** The part of a `meta` key before `Num` or `At`, or the whole of another key. */
  minMetaKeyLength: 3,
  maxMetaKeyLength: 33,
  eventNameLength: 255,
  externalIdLength: 256,
  nameLength: 256,
  usernameLength: 256,
  addressLength: 256,
  localeLength: 16,
  timeZoneLength: 64,
  defaultLangLength: 100,
} as const
