import { LRUCache } from 'lru-cache'
import { personRecords as limits } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import { type CustomerKey, identifierOf } from '../transform/call.ts'

/** The look-ups that found nobody not long ago. */
export interface NotFoundCache {
  has(key: CustomerKey): boolean
  add(key: CustomerKey): void
  delete(key: CustomerKey): void
}

/**
 * Remembers look-ups in vain for two minutes, so that work which was cut short goes on where it was. A key that came
 * to lead somewhere meanwhile makes the create fail with a 409, after which delivery looks again.
 */
export function createNotFoundCache(clock: Pick<Clock, 'now'>): NotFoundCache {
  const missedAtMs = new LRUCache<string, number>({ max: limits.maxNotFound })
  const text = (key: CustomerKey) => `${identifierOf(key)}:${key.value}`
  return {
    has: key => clock.now() - (missedAtMs.get(text(key)) ?? 0) < limits.notFoundSeconds * 1000,
    add: key => void missedAtMs.set(text(key), clock.now()),
    delete: key => void missedAtMs.delete(text(key)),
  }
}
