import {
  type Change,
  type ChangeRate,
  type KnownRate,
  nowIn,
  type Seen,
  type SharedRatePorts,
} from './known-rate.ts'
import type { RateStore } from './rate-store.ts'

/**
 * Changes the shared item without a read before, if it is idle as far as this container knows: then the result does not
 * depend on when exactly the last token was due. The write fails if the stored item is not idle, or if its writer's clock
 * is ahead. Resolves to undefined when the item must be read. Rejects when the store does.
 */
export async function changeIdle<T>(
  store: RateStore,
  change: ChangeRate<T>,
  known: KnownRate,
  ports: SharedRatePorts,
): Promise<(Change<T> & Seen) | undefined> {
  const { item, isAlone, hasWritten, owedMs } = known
  // The clock of a container that has not written yet may be wrong in a way that only a read shows.
  if (isAlone || !hasWritten || owedMs > 0) return undefined
  const nowMs = nowIn(known, ports)
  const tokenRate = ports.tokenRateOf(false)
  const idleSinceMs = nowMs - tokenRate.creditMs
  if (item.nextMs > idleSinceMs || item.closedUntilMs > idleSinceMs || item.isYielding) return undefined
  const changed = change(item, tokenRate, nowMs)
  if (changed.item === item) return undefined
  const written = { ...changed.item, writtenMs: nowMs }
  const version = await store.saveIdle(written, { idleSinceMs, epoch: item.epoch, nowMs })
  return version === undefined ? undefined : { ...changed, item: written, version }
}
