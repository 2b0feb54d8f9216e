import { createHash, timingSafeEqual } from 'node:crypto'
import { secrets, webhook } from '../policy.ts'
import type { ReadSecrets } from '../runtime/accepted-secrets.ts'
import type { Clock } from '../runtime/clock.ts'
import { SecretUnavailableError } from '../runtime/secrets.ts'
import { signatureIn } from './signature.ts'

/** Headers of an API Gateway event: names in lower case. */
type RequestHeaders = Record<string, string | undefined>

/** How the accepted values of the webhook's secret are read, and the time. */
export interface AuthenticatePorts {
  readSecrets: ReadSecrets
  clock: Pick<Clock, 'now'>
}

/**
 * Tells whether a caller knows the webhook's secret, from `authorization: Bearer …`, `x-webhook-secret: …` or a signature
 * of the body (Standard Webhooks), for senders that can make one; RudderStack cannot.
 * A wrong one is compared once more with the values read anew, since the known ones may be from before a rotation, but
 * only where they were read `webhook.secretRefetchSeconds` ago: nobody waits, and a flood costs no more reads.
 * @throws SecretUnavailableError where the last read failed and nothing known says yes: a fault of ours is no "no".
 */
export function createAuthenticate({ readSecrets, clock }: AuthenticatePorts) {
  const cache = createCache(readSecrets, clock)
  return async (headers: RequestHeaders, body = noBody): Promise<boolean> => {
    const proofs = proofsIn(headers, body, clock.now())
    if (proofs.length === 0) return false
    const matches = () => proofs.some(proves => cache.values().some(proves))
    if (cache.ageMs() >= secrets.maxAgeSeconds * 1000) await cache.refresh()
    if (matches()) return true
    await cache.refresh()
    if (matches()) return true
    if (cache.hasFailed()) throw new SecretUnavailableError('the secret may have been rotated')
    return false
  }
}

/** The values that were read last; `refresh` reads them anew, at most every `webhook.secretRefetchSeconds`. */
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

/** What a request brings to prove itself: each tells whether it was made with a secret. */
function proofsIn(headers: RequestHeaders, body: () => Buffer, nowMs: number) {
  const bearer = /^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]
  const presented = [bearer, headers['x-webhook-secret']].flatMap(text => (text?.trim() ? [text.trim()] : []))
  const signature = signatureIn(headers, body, nowMs)
  const equals = presented.map(text => (secret: string) => isEqual(text, secret))
  return signature ? [...equals, signature] : equals
}

/** Hashes first, so that neither the time nor an exception tells the secret's length. */
function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
