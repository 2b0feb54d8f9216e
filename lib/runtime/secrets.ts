import { secrets as policy } from '../policy.ts'
import type { Clock } from './clock.ts'

/** Reads one secret from the store; `isFresh` bypasses every cache. Rejects when the store fails. */
export type FetchSecret = (isFresh: boolean) => Promise<string>

/** A secret's value, which is read when it is needed, never at import. */
export interface Secret {
  /** The value, at most `secrets.maxAgeSeconds` old while the store answers. */
  get(): Promise<string>
  /** Reads the value again, after the known one was refused. */
  renew(): Promise<string>
}

/** Thrown when the store returns no usable value and none is known. It is never the fault of an event. */
export class SecretUnavailableError extends Error {
  override readonly name = 'SecretUnavailableError'
}

/**
 * Wraps a store so that the last known value is used while the store is down. After a failure the store is not called
 * for `secrets.retrySeconds`.
 * @throws SecretUnavailableError, from `get` and `renew`, when the store fails and no value is known.
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
