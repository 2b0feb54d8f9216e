import type { Attributes } from './merge-addresses.ts'

/** The external id that a customer has, if it has one. */
export function externalIdIn({ externalId }: Attributes): string | undefined {
  return typeof externalId === 'string' && externalId !== '' ? externalId : undefined
}

/** A customer's list `externalIds`: further ids that lead to it. Items of another shape are skipped. */
export function externalIdsIn({ externalIds }: Attributes): string[] {
  if (!Array.isArray(externalIds)) return []
  return externalIds.flatMap((item: { externalId?: unknown } | null) =>
    typeof item?.externalId === 'string' ? [item.externalId] : [],
  )
}
