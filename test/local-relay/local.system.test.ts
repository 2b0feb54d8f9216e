import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { version } from '../../lib/policy.ts'
import { readLocalFile } from '../../tools/local-relay/local-file.ts'
import type { Relay } from '../../tools/local-relay/start-relay.ts'
import { quiet, startTestRelay, type TestRelay, until } from '../system/relay-harness.ts'

const lines: string[] = []
let test: TestRelay
let relay: Relay
beforeAll(async () => {
  test = await startTestRelay({ onLine: line => lines.push(line) })
  relay = test.relay
})
afterAll(() => test.close())

const track = (userId: string, event: string) => ({
  type: 'track',
  userId,
  event,
  messageId: `${userId}-${event}`,
})
const namesOf = (userId: string) =>
  relay.standIn
    ?.events()
    .filter(({ identity }) => identity.externalId === userId)
    .map(({ event }) => event.name)

/** Sends a request as an attacker or an unusual client does, which `fetch` does not allow. */
function raw(method: string, path: string, headers: Record<string, string> = {}, body = '') {
  return new Promise<{ status: number | undefined; body: string; headers: object }>((resolve, reject) => {
    const sent = request(relay.url, { method, path, headers }, async response => {
      let text = ''
      for await (const chunk of response.setEncoding('utf8')) text += chunk
      resolve({ status: response.statusCode, body: text, headers: response.headers })
    })
    sent.on('error', reject).end(body)
  })
}

describe('the local relay', () => {
  it('delivers an event from the webhook through the queue to Kustomer', async () => {
    const answer = await test.post(track('ada', 'Order Completed'))
    expect(answer.status).toBe(202)
    expect(answer.body).toEqual({ status: 'queued', messageId: 'ada-Order Completed' })
    await until(() => relay.ledger.counts.delivered === 1, 'the delivery')
    expect(namesOf('ada')).toEqual(['Order-Completed'])
    expect(await relay.status()).toEqual({ waiting: 0, inFlight: 0, deadLetters: 0, delivered: 1 })
    expect(lines.at(-1)).toMatch(/^POST \/v1\/tracking\/identityEvent +201 +track Order Completed +\d+ ms$/)
  })

  it('keeps the order of one person, one invocation at a time', async () => {
    const names = Array.from({ length: 25 }, (_, i) => `Step-${i + 10}`)
    await test.post(names.map(name => track('ordered', name)))
    await quiet(relay)
    expect(namesOf('ordered')).toEqual(names)
  })

  it('counts neither ignored nor dead-lettered events as delivered, and reports them', async () => {
    const { delivered } = await relay.status()
    test.standIn.fault({ when: { externalId: 'poisoned' }, do: { kind: 'status', status: 400, body: {} } })
    await test.post([{ type: 'group', userId: 'g' }, track('poisoned', 'Bad')])
    await until(async () => (await relay.status()).deadLetters === 1, 'the dead letter')
    await quiet(relay)
    expect(await relay.status()).toMatchObject({ deadLetters: 1, delivered })
    expect(lines.some(line => /^ignored {2}group/.test(line))).toBe(true)
    expect(lines.some(line => /^dead letter {2}400 .*track Bad/.test(line))).toBe(true)
    expect(relay.ledger.traces('poisoned-')).toMatchObject([{ state: 'dead', attempts: [{ status: 400 }] }])
  })

  it('delivers the batch of a killed worker after its visibility timeout', async () => {
    test.standIn.fault({ when: { externalId: 'survivor' }, do: { kind: 'slow', ms: 600_000 } })
    await test.post(track('survivor', 'Lived-On'))
    await until(() => test.standIn.requests.at(-1)?.externalId === 'survivor', 'the call is under way')
    const [, ...before] = relay.pids()
    for (const index of before.keys()) relay.killWorker(index)
    await until(() => !before.some(pid => relay.pids().includes(pid)), 'other workers')
    await test.release()
    await until(() => relay.ledger.traces('survivor-')[0]?.state === 'delivered', 'the delivery')
    const [, ...after] = relay.pids()
    expect(after).toHaveLength(before.length)
    expect(before.filter(pid => after.includes(pid))).toEqual([])
    expect(relay.ledger.traces('survivor-')).toMatchObject([{ state: 'delivered' }])
  })

  it('writes its addresses to local.json', () => {
    expect(readLocalFile(test.dataDir)).toEqual({
      endpoint: relay.sqsEndpoint,
      ...relay.credentials,
      queueUrl: relay.queueUrl,
      deadLetterQueueUrl: relay.deadLetterQueueUrl,
      url: relay.url,
      kustomerUrl: test.standIn.url,
      people: { endpoint: relay.people.endpoint, tableName: relay.people.tableName, salt: 'local' },
    })
  })
})

describe('ingest', () => {
  it.each([
    ['GET', '/health', 200, `{"status":"ok","version":"${version}"}`],
    ['GET', '/v1', 404, '{"message":"Not Found"}'],
    ['GET', '/v1/events', 404, '{"message":"Not Found"}'],
    ['POST', '/v1/events/', 404, '{"message":"Not Found"}'],
    ['POST', '/health', 404, '{"message":"Not Found"}'],
    ['POST', '/local/status', 404, '{"message":"Not Found"}'],
    ['GET', '/local/nothing', 404, '{"message":"Not Found"}'],
    ['GET', '//evil.example/health', 404, '{"message":"Not Found"}'],
  ])('%s %s is answered with %i', async (method, path, status, body) => {
    expect(await raw(method, path)).toMatchObject({ status, body })
  })

  it.each([
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost:80', 200],
    ['[::1]', 200],
    ['127.0.0.1', 200],
  ])('a request to the host %s is answered with %i', async (host, status) => {
    const answer = await raw('GET', '/local/status', { host })
    expect(answer.status).toBe(status)
    expect(Object.keys(answer.headers).filter(name => name.startsWith('access-control'))).toEqual([])
  })

  it('refuses a body over 10 MB as API Gateway does, and continues', async () => {
    const answer = await test.post(`"${'x'.repeat(10 * 1024 * 1024)}"`)
    expect(answer.status).toBe(413)
    expect(answer.body).toEqual({ message: 'Request Entity Too Large' })
    expect((await fetch(`${relay.url}/health`)).status).toBe(200)
  })

  it('refuses what is over 6 MB as the JSON of an invocation, as Lambda does', async () => {
    const quotes = (count: number) => `{"type":"track","userId":"u","event":"${'\\"'.repeat(count)}"}`
    expect(await test.post(quotes(2_200_000))).toMatchObject({
      status: 413,
      body: { message: 'Request Entity Too Large' },
    })
    // Four characters for two: this one reaches the function, which refuses it for its own reason.
    expect(await test.post(quotes(1_400_000))).toMatchObject({
      status: 413,
      body: { error: { code: 'TOO_LARGE' } },
    })
  })

  it('passes on a complete body of any content type and encoding', async () => {
    const event = JSON.stringify({ ...track('binary', 'Grüße-😀'), messageId: 'binary-1' })
    const headers = {
      'x-webhook-secret': 'local-secret',
      'content-type': 'application/x-www-form-urlencoded',
    }
    const answer = await raw('POST', '/v1/events', headers, event)
    expect(answer).toMatchObject({ status: 202 })
    await until(() => relay.ledger.traces('binary-')[0]?.state === 'delivered', 'the delivery')
  })

  it('accepts the webhook secret of the secret store, and the one before it', async () => {
    relay.secretStore.rotate('kustomer-relay/local/webhook-secret', 'newer')
    const isNewer = async () => (await test.post({ type: 'group', userId: 'x' }, 'newer')).status === 202
    await until(isNewer, 'the newer secret to be known')
    expect((await test.post({ type: 'group', userId: 'x' }, 'local-secret')).status).toBe(202)
    expect((await test.post({ type: 'group', userId: 'x' }, 'wrong')).status).toBe(401)
  })
})
