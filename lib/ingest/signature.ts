import { createHmac, timingSafeEqual } from 'node:crypto'
import { webhook } from '../policy.ts'

/** The minimum length of a signing secret, in bytes. */
const minKeyBytes = 24

/**
 * Reads a request's signature by Standard Webhooks (github.com/standard-webhooks, specification 1.0.0, read
 * 2026-11-26): `webhook-signature` holds `v1,` and the base64 of HMAC-SHA-256 over id, timestamp and body; several
 * signatures are separated by blanks. Returns a function that tells whether a secret made one of them. Undefined when
 * the request has no signature, or when its timestamp is too far from `nowMs`. A secret is base64 of 24 bytes or more,
 * with or without `whsec_`. Never throws.
 */
export function signatureIn(
  headers: Record<string, string | undefined>,
  body: () => Buffer,
  nowMs: number,
): ((secret: string) => boolean) | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp = '', 'webhook-signature': signatures } = headers
  if (!id || !signatures || !/^\d{1,12}$/.test(timestamp)) return undefined
  const isNow = Math.abs(nowMs / 1000 - Number(timestamp)) <= webhook.signatureToleranceSeconds
  if (!isNow) return undefined
  const given = signatures.split(' ').flatMap(text => (text.startsWith('v1,') ? [text.slice(3)] : []))
  const content = body()
  return secret => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    if (key.length < minKeyBytes) return false
    const right = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(content).digest()
    return given.map(text => Buffer.from(text, 'base64')).some(one => isEqual(one, right))
  }
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
