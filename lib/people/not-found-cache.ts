import { type CustomerKey, identifierOf } from '../transform/call.ts'

/** The look-ups that found nobody, for the length of one batch. */
export interface NotFoundCache {
  has(key: CustomerKey): boolean
  add(key: CustomerKey): void
  delete(key: CustomerKey): void
}

/** Remembers look-ups in vain, so that one batch makes each once. */
export function createNotFoundCache(): NotFoundCache {
  const missed = new Set<string>()
  const text = (key: CustomerKey) => `${identifierOf(key)}:${key.value}`
  return {
    has: key => missed.has(text(key)),
    add: key => void missed.add(text(key)),
    delete: key => void missed.delete(text(key)),
  }
}
