import { rememberDelivered } from './delivered.ts'
import type { Person } from './person.ts'

/**
 * Another writer's record, with what was delivered here: the ids of both, and the time of the newest identify of both.
 * The other parts are the other writer's. Where the two differ in the last identify, none is kept, since it is unknown
 * which one the customer shows. Pure.
 */
export function withDeliveries(stored: Person, own: Person): Person {
  const { identify, newestIdentifyMs, ...rest } = stored
  const both: Person = { ...rest, delivered: [...stored.delivered] }
  const has = new Set(stored.delivered.map(({ id }) => id))
  for (const { id, atMs } of own.delivered) if (!has.has(id)) rememberDelivered(both, id, atMs)
  const newestMs = Math.max(newestIdentifyMs ?? -Infinity, own.newestIdentifyMs ?? -Infinity)
  if (Number.isFinite(newestMs)) both.newestIdentifyMs = newestMs
  if (identify && (!own.identify || identify.fingerprint === own.identify.fingerprint))
    both.identify = identify
  return both
}
