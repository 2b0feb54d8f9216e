import { createHash, timingSafeEqual } from 'node:crypto'
import { secrets, webhook } from '../policy.ts'
import type { ReadSecrets } from '../runtime/accepted-secrets.ts'
import type { Clock } from '../runtime/clock.ts'
import { SecretUnavailableError } from '../runtime/secrets.ts'
import { signatureIn } from './signature.ts'

/** Headers of an API Gateway event: names in lower case. */
type RequestHeaders = Record<string, string | undefined>

/** What authentication needs from outside: the accepted values of the webhook secret, and the time. */
export interface AuthenticatePorts {
  readSecrets: ReadSecrets
  clock: Pick<Clock, 'now'>
}

/**
 * Creates a function that tells whether a caller knows the webhook secret: from `authorization: Bearer …`, from
 * `x-webhook-secret: …`, or from a signature of the body (Standard Webhooks) for senders other than RudderStack, which
 * cannot sign. On a mismatch the secret is read again, since the cached values may be from before a rotation, but at
 * most every `webhook.secretRefetchSeconds`. So no caller waits, and many wrong requests cost no more reads.
 * @throws SecretUnavailableError when nothing matches and the last read failed: then a refusal could be wrong.
 */
export function createAuthenticate({ readSecrets, clock }: AuthenticatePorts) {
  const cache = createCache(readSecrets, clock)
  return async (headers: RequestHeaders, body = noBody): Promise<boolean> => {
    const proofs = proofsIn(headers, body, clock.now())
    if (proofs.length === 0) return false
    const matches = () => proofs.some(proves => cache.values().some(proves))
    if (cache.ageMs() >= secrets.maxAgeSeconds * 1000) await cache.refresh()
    if (matches()) return true
    const before = cache.values()
    await cache.refresh()
    // A signature is a hash of the whole body: it is not computed again for the same secrets.
    if (cache.values() !== before && matches()) return true
    if (cache.hasFailed()) throw new SecretUnavailableError('the secret may have been rotated')
    return false
  }
}

/** Caches the values that were read last; `refresh` reads them again, at most every `webhook.secretRefetchSeconds`. */
function createCache(readSecrets: ReadSecrets, clock: Pick<Clock, 'now'>) {
  let known: { values: string[]; atMs: number } = { values: [], atMs: Number.NEGATIVE_INFINITY }
  let last = { atMs: Number.NEGATIVE_INFINITY, hasFailed: false, done: Promise.resolve() }
  const read = async (atMs: number) => {
    try {
      known = { values: await readSecrets(), atMs }
      last.hasFailed = false
    } catch {
      last.hasFailed = true
    }
  }
  return {
    values: () => known.values,
    ageMs: () => clock.now() - known.atMs,
    hasFailed: () => last.hasFailed,
    refresh() {
      const nowMs = clock.now()
      if (nowMs - last.atMs >= webhook.secretRefetchSeconds * 1000)
        last = { ...last, atMs: nowMs, done: read(nowMs) }
      return last.done
    },
  }
}

const noBody = (): Buffer => Buffer.alloc(0)

/** The proofs in a request: functions that tell whether a given secret was used. */
function proofsIn(headers: RequestHeaders, body: () => Buffer, nowMs: number) {
  const bearer = /^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]
  const presented = [bearer, headers['x-webhook-secret']].flatMap(text => (text?.trim() ? [text.trim()] : []))
  const signature = signatureIn(headers, body, nowMs)
  const equals = presented.map(text => (secret: string) => isEqual(text, secret))
  return signature ? [...equals, signature] : equals
}

/** Compares hashes, so that neither the time taken nor an exception reveals the secret's length. */
function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
