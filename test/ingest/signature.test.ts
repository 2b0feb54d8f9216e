import { createHmac, Hmac, randomBytes } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { createAuthenticate } from '../../lib/ingest/authenticate.ts'
import { webhook } from '../../lib/policy.ts'
import { fakeClock } from '../runtime/fake-clock.ts'

const nowMs = 1_674_087_231_000
const key = randomBytes(32)
const secret = `whsec_${key.toString('base64')}`
const body = Buffer.from('{"type":"track","event":"Zoë"}')

/** The headers of a signed request. A test may change each of them. */
function signed(changes: { id?: string; atMs?: number; key?: Buffer; version?: string; body?: Buffer } = {}) {
  const { id = 'msg_1', atMs = nowMs, version = 'v1' } = changes
  const timestamp = String(Math.floor(atMs / 1000))
  const hmac = createHmac('sha256', changes.key ?? key).update(`${id}.${timestamp}.`)
  const signature = hmac.update(changes.body ?? body).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `${version},${signature}`,
  }
}

function ask(headers: Record<string, string>, accepted = [secret], sent = body) {
  const isKnown = createAuthenticate({ readSecrets: async () => accepted, clock: fakeClock(nowMs) })
  return isKnown(headers, () => sent)
}

const toleranceMs = webhook.signatureToleranceSeconds * 1000

describe('a signature of Standard Webhooks', () => {
  test('is accepted, with the kind of secret in the specification', async () => {
    expect(await ask(signed())).toBe(true)
  })

  test('is accepted with a secret from Secrets Manager, which libraries read as base64 too', async () => {
    const made = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV'
    expect(await ask(signed({ key: Buffer.from(made, 'base64') }), [made])).toBe(true)
  })

  test('is accepted with the value before a rotation, and among several signatures', async () => {
    expect(await ask(signed(), [`whsec_${randomBytes(32).toString('base64')}`, secret])).toBe(true)
    const headers = signed()
    const several = `v1a,abc v1,${randomBytes(32).toString('base64')} ${headers['webhook-signature']}`
    expect(await ask({ ...headers, 'webhook-signature': several })).toBe(true)
  })

  test.each<[string, Record<string, string>]>([
    ['of another secret', signed({ key: randomBytes(32) })],
    ['of another body', signed({ body: Buffer.from('{}') })],
    ['of another version', signed({ version: 'v2' })],
    ['of another id', { ...signed(), 'webhook-id': 'msg_2' }],
    ['of another time', { ...signed(), 'webhook-timestamp': String(nowMs / 1000 - 1) }],
    ['that is too old', signed({ atMs: nowMs - toleranceMs - 1_000 })],
    ['from the future', signed({ atMs: nowMs + toleranceMs + 1_000 })],
    ['without a time', { ...signed(), 'webhook-timestamp': 'now' }],
    ['without an id', { ...signed(), 'webhook-id': '' }],
    ['with its time in milliseconds', { ...signed(), 'webhook-timestamp': String(nowMs) }],
    ['with a negative time', { ...signed(), 'webhook-timestamp': `-${nowMs / 1000}` }],
    ['that is empty', { ...signed(), 'webhook-signature': 'v1,' }],
    ['of no version', { ...signed(), 'webhook-signature': signed()['webhook-signature'].slice(3) }],
    [
      'of a version in capitals',
      { ...signed(), 'webhook-signature': signed({ version: 'V1' })['webhook-signature'] },
    ],
    [
      'of a public key alone',
      { ...signed(), 'webhook-signature': signed({ version: 'v1a' })['webhook-signature'] },
    ],
    ['that is cut', { ...signed(), 'webhook-signature': signed()['webhook-signature'].slice(0, -8) }],
    [
      'that is one of many wrong ones',
      { ...signed(), 'webhook-signature': `v1,${randomBytes(32).toString('base64')} `.repeat(50).trim() },
    ],
  ])('%s is refused', async (_, headers) => {
    expect(await ask(headers)).toBe(false)
  })

  test('at the edge of the tolerance is accepted', async () => {
    expect(await ask(signed({ atMs: nowMs - toleranceMs }))).toBe(true)
  })

  test.each(['short', 'whsec_c2hvcnQ=', 'local-secret'])(
    'with a secret of less than 24 bytes is refused: %s',
    async weak => {
      const short = Buffer.from(weak.replace('whsec_', ''), 'base64')
      expect(await ask(signed({ key: short }), [weak])).toBe(false)
    },
  )

  test('that is wrong is computed once for each secret, also for many requests', async () => {
    const read = vi.fn(async () => [secret, `${secret}x`])
    const isKnown = createAuthenticate({ readSecrets: read, clock: fakeClock(nowMs) })
    const update = vi.spyOn(Hmac.prototype, 'update')
    const large = Buffer.alloc(1_000_000)
    for (let i = 0; i < 5; i++)
      expect(await isKnown(signed({ key: randomBytes(32) }), () => large)).toBe(false)
    const hashed = update.mock.calls.filter(([content]) => Object.is(content, large))
    update.mockRestore()
    expect(read).toHaveBeenCalledTimes(1)
    expect(hashed.length).toBe(2 * 5)
  })

  test('does not prevent a right secret header', async () => {
    expect(await ask({ ...signed({ key: randomBytes(32) }), 'x-webhook-secret': secret })).toBe(true)
  })
})
