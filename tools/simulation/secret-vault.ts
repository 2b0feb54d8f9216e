import { secrets as policy } from '../../lib/policy.ts'
import type { FetchSecret } from '../../lib/runtime/secrets.ts'

/** One secret with the two stages that the relay reads. */
export interface SecretVault {
  current(): string
  /** Undefined where the secret was never changed. */
  previous(): string | undefined
  /** Puts a new value in; the one before stays as the previous one. */
  rotate(value: string): void
}

/** Secrets Manager's stages AWSCURRENT and AWSPREVIOUS (docs.aws.amazon.com, "Rotation schedules", read 2026-11-26). */
export function createSecretVault(first: string): SecretVault {
  const values = [first]
  return {
    current: () => values[0] ?? first,
    previous: () => values[1],
    rotate: value => void values.unshift(value),
  }
}

/**
 * Reads a stage as the relay's secret store does: what was read is kept for `secrets.maxAgeSeconds`, unless a fresh
 * value is asked for. The cache is the container's; `read` may reject.
 */
export function cachedFetch(read: () => Promise<string>, now: () => number): FetchSecret {
  let last: { value: string; untilMs: number } | undefined
  return async isFresh => {
    if (last && !isFresh && now() < last.untilMs) return last.value
    const value = await read()
    last = { value, untilMs: now() + policy.maxAgeSeconds * 1_000 }
    return value
  }
}
