import type { Json } from '../../lib/transform/kustomer/types.ts'
import { identifierKey, itemsOf } from './identifiers.ts'
import type { Attributes } from './types.ts'

/** How a write changes the attributes that exist already. */
export interface WriteRules {
  /** `?replace=true`: attributes that are not in the body are removed. */
  replace: boolean
  arrays: 'replaced' | 'merged'
  companyUnlinkedWhenOmitted: boolean
  /** ISO date-time. */
  at: string
}

/** Lists that every customer has. They are empty at first. */
const lists = [
  ...[
    'emails',
    'sharedEmails',
    'phones',
    'sharedPhones',
    'whatsapps',
    'facebookIds',
    'instagramIds',
    'socials',
  ],
  ...['sharedSocials', 'urls', 'locations', 'externalIds', 'sharedExternalIds', 'tags'],
]

/** Lists whose items have `verified`: false unless the sender sets it. */
const verifiable = [
  'emails',
  'sharedEmails',
  'phones',
  'sharedPhones',
  'whatsapps',
  'socials',
  'sharedSocials',
]

/**
 * Returns a customer's attributes after a create (`before` is undefined) or an update.
 * Updates are partial, also within `custom`, where null clears an attribute. `rev` increases by 1. The external id is
 * added to `externalIds`; earlier ones stay there. The arguments are not changed.
 */
export function written(before: Attributes | undefined, body: Attributes, rules: WriteRules): Attributes {
  const { rev: _, custom, ...rest } = body
  const base: Attributes = (rules.replace ? undefined : before) ?? {}
  const next: Attributes = {
    ...Object.fromEntries(lists.map(list => [list, []])),
    createdAt: before?.createdAt ?? rules.at,
    ...base,
    ...Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [name, stored(name, value, base, rules)]),
    ),
    custom: mergedCustom(base.custom, custom),
    updatedAt: rules.at,
    rev: Number(before?.rev ?? 0) + 1,
  }
  if (rules.companyUnlinkedWhenOmitted && body.company === undefined) delete next.company
  return { ...next, externalIds: mirrored(next) }
}

function stored(name: string, value: Json, base: Attributes, rules: WriteRules): Json {
  if (!Array.isArray(value)) return value
  const list = verifiable.includes(name)
    ? itemsOf(value).map(item => ({ verified: false, ...item }))
    : name === 'externalIds'
      ? itemsOf(value).map(item => ({ verified: true, ...item }))
      : value
  const had = base[name]
  return rules.arrays === 'merged' && Array.isArray(had) ? union(name, had, list) : list
}

function union(name: string, had: Json[], brought: Json[]): Json[] {
  const key = (item: Json) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? identifierKey(name, item)
      : String(item)
  return [...new Map([...had, ...brought].map(item => [key(item), item])).values()]
}

function mergedCustom(had: Json | undefined, brought: Json | undefined): Json {
  const all = { ...(had as Attributes | undefined), ...(brought as Attributes | undefined) }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
}

function mirrored({ externalId, externalIds }: Attributes): Json {
  const list = itemsOf(externalIds)
  const isThere = externalId === undefined || list.some(item => item.externalId === externalId)
  return isThere ? list : [...list, { externalId, verified: true }]
}
