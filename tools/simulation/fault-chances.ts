import type { FaultChances } from './kustomer-faults.ts'
import type { KustomerCall } from './kustomer-log.ts'
import type { Person } from './people.ts'
import type { Scenario } from './scenario.ts'

/**
 * How likely each fault is for a request: the scenario's own chances, those of the windows that are open, and those of
 * the bad person, who is the first of the people, for a request that names one of their ids or addresses; all is well
 * with them when the scenario's minutes are over.
 */
export function chancesOf(
  { faults, windows, badPerson, minutes }: Scenario,
  people: readonly Person[],
  startMs: number,
): (call: KustomerCall) => FaultChances {
  const bad = badPerson && people[0]
  return ({ sentAt, externalIds, path }) => {
    const minute = (sentAt - startMs) / 60_000
    const open = windows.filter(({ fromMinute, toMinute }) => fromMinute <= minute && minute < toMinute)
    const isBad =
      bad &&
      minute < minutes &&
      (externalIds.some(id => bad.externalIds.has(id)) || namesOneOf(path, bad.emails))
    return Object.assign({}, faults, isBad && badPerson, ...open.map(({ chances }) => chances))
  }
}

function namesOneOf(path: string, emails: readonly string[]): boolean {
  return emails.some(email => path.includes(encodeURIComponent(email)))
}
