import { createHmac } from 'node:crypto'
import { personRecords as limits } from '../policy.ts'

/**
 * A short hash of a text: HMAC-SHA-256 with `salt` as its key, 12 characters of base64url (72 bits).
 * Without the salt, which belongs to the stack, a short id or an address cannot be found by trying all values.
 */
export function hashOf(salt: string, text: string): string {
  return createHmac('sha256', salt).update(text).digest('base64url').slice(0, limits.hashLength)
}
