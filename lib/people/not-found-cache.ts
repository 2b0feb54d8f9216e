import { LRUCache } from 'lru-cache'
import { personRecords as limits } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import { type CustomerKey, identifierOf } from '../transform/call.ts'

/** The recent look-ups that found no customer. */
export interface NotFoundCache {
  has(key: CustomerKey): boolean
  add(key: CustomerKey): void
  delete(key: CustomerKey): void
}

/**
 * Remembers for two minutes which look-ups found no customer, so that work which was cut short need not repeat them. If
 * such a customer was created meanwhile, the create fails with a 409, and delivery looks it up again.
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
