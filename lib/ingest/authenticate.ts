import { createHash, timingSafeEqual } from 'node:crypto'
import { webhook } from '../policy.ts'
import type { Clock } from '../runtime/clock.ts'
import { type Secret, SecretUnavailableError } from '../runtime/secrets.ts'

/** Headers of an API Gateway event: names in lower case. */
type RequestHeaders = Record<string, string | undefined>

/** The two stages of the webhook's secret, both right during a rotation, and the time. */
export interface AuthenticatePorts {
  current: Secret
  previous: Secret<string | undefined>
  clock: Clock
}

/**
 * Tells whether a caller knows the webhook's secret, from `authorization: Bearer …` or `x-webhook-secret: …`.
 * A wrong one is compared once more with secrets read anew, since the cached ones may be from before a rotation. That
 * happens at most every `webhook.secretRefetchSeconds`, and a wrong secret waits for it: a "no" drops events for good.
 * @throws SecretUnavailableError where the store fails and nothing that is known says yes: a fault of ours is no "no".
 */
export function createAuthenticate({ current, previous, clock }: AuthenticatePorts) {
  let renewing: Promise<unknown> | undefined
  let renewedAtMs = Number.NEGATIVE_INFINITY

  const matches = async (presented: string[]) => {
    const isOneOf = (secret: string | undefined) => presented.some(text => secret && isEqual(text, secret))
    return isOneOf(await current.get()) || isOneOf(await previous.get())
  }
  const renew = async () => {
    await clock.sleep(renewedAtMs + webhook.secretRefetchSeconds * 1000 - clock.now())
    renewing = undefined
    renewedAtMs = clock.now()
    await Promise.all([current.renew(), previous.renew()])
  }
  return async (headers: RequestHeaders): Promise<boolean> => {
    const presented = presentedSecrets(headers)
    if (presented.length === 0) return false
    if (await matches(presented)) return true
    renewing ??= renew()
    await renewing
    if (await matches(presented)) return true
    if (current.isStale() || previous.isStale())
      throw new SecretUnavailableError('the secret may have been rotated')
    return false
  }
}

function presentedSecrets(headers: RequestHeaders): string[] {
  const bearer = /^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]
  return [bearer, headers['x-webhook-secret']].flatMap(text => (text?.trim() ? [text.trim()] : []))
}

/** Hashes first, so that neither the time nor an exception tells the secret's length. */
function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
