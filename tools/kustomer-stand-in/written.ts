import type { Json } from '../../lib/transform/kustomer/types.ts'
import { identifierKey, itemsOf } from './identifiers.ts'
import type { Attributes } from './types.ts'

/** How a write treats what is there. */
export interface WriteRules {
  /** `?replace=true`: what the body does not name is lost. */
  replace: boolean
  arrays: 'replaced' | 'merged'
  companyUnlinkedWhenOmitted: boolean
  /** ISO date-time. */
  at: string
}

/** Lists that every customer has, empty at first. */
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

/** Lists whose items say whether they were verified: not, if the sender does not say so. */
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
 * A customer's attributes after a create (`before` undefined) or an update.
 * Updates are partial; of `custom` each attribute is, and null clears it. `rev` rises by 1, and the external id is
 * mirrored into `externalIds`, where earlier ones stay. Neither argument is changed.
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
