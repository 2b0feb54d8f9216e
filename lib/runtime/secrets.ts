import { secrets as policy } from '../policy.ts'
import type { Clock } from './clock.ts'

/** Reads one secret from the store; `isFresh` passes by every cache. Rejects where the store fails. */
export type FetchSecret = (isFresh: boolean) => Promise<string>

/** A secret's value, read when it is needed and never at import. */
export interface Secret {
  /** The value, at most `secrets.maxAgeSeconds` old while the store answers. */
  get(): Promise<string>
  /** The value read anew, for one that was refused. */
  renew(): Promise<string>
}

/** Thrown when the store gives no usable value and none is known: our fault, never an event's. */
export class SecretUnavailableError extends Error {
  override readonly name = 'SecretUnavailableError'
}

/**
 * Wraps a store so that the last known value serves while the store is down; after a failure the store is left alone
 * for `secrets.retrySeconds`.
 * @throws SecretUnavailableError, from `get` and `renew`, where the store fails and no value is known.
 */
export function createSecret(fetch: FetchSecret, clock: Pick<Clock, 'now'>): Secret {
  let last: { value: string } | undefined
  let notBeforeMs = 0

  const read = async (isFresh: boolean): Promise<string> => {
    if (last && clock.now() < notBeforeMs) return last.value
    try {
      last = { value: await fetch(isFresh) }
      notBeforeMs = 0
    } catch (error) {
      if (!last)
        throw new SecretUnavailableError(`no secret: ${error instanceof Error ? error.name : 'unknown'}`)
      notBeforeMs = clock.now() + policy.retrySeconds * 1000
    }
    return last.value
  }
  return { get: () => read(false), renew: () => read(true) }
}
