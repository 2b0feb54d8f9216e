import { rows, rowsVersion } from '../state/rows.ts'

/** Returns how many of the latest events were refused by the webhook, and have not been corrected since. */
export function invalidEvents(): number {
  rowsVersion.value
  return [...rows.values()].filter(({ state }) => state === 'refused').length
}
