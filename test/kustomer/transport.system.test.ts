import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { asking, maxBytes } from './asking.ts'

describe('an answer', () => {
  test('is given with status, headers and JSON', async () => {
    const { send, close } = await asking((_, response) =>
      response.writeHead(201, { 'X-RateLimit-Remaining': '3' }).end('{"data":{"id":"x"}}'),
    )
    expect(await send({ a: 1 })).toMatchObject({
      ...{ kind: 'answer', status: 201, body: { data: { id: 'x' } } },
      headers: { 'x-ratelimit-remaining': '3' },
    })
    close()
  })

  test('comes to a request with key, JSON and its length', async () => {
    const { send, close } = await asking(async (request, response) => {
      let text = ''
      for await (const chunk of request.setEncoding('utf8')) text += chunk
      response.end(JSON.stringify({ headers: request.headers, text }))
    })
    const body = { name: 'Zoë 😀' }
    expect(await send(body)).toMatchObject({
      body: {
        text: JSON.stringify(body),
        headers: {
          authorization: 'Bearer the-key',
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(JSON.stringify(body))),
        },
      },
    })
    close()
  })

  test.each<[string, RequestListener, number]>([
    ['HTML', (_, response) => response.writeHead(502).end('<html></html>'), 502],
    ['nothing', (_, response) => response.writeHead(204).end(), 204],
    ['broken JSON', (_, response) => response.end('{"data":'), 200],
    ['2 MiB', (_, response) => response.end(JSON.stringify('x'.repeat(2 * maxBytes))), 200],
    [
      'a body that breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('{"data":{}}')
        setImmediate(() => response.destroy())
      },
      200,
    ],
  ])('of %s is its status alone', async (_, listener, status) => {
    const { send, close } = await asking(listener)
    expect(await send()).toMatchObject({ kind: 'answer', status, body: undefined })
    close()
  })

  test('that is too long is not read to its end, and leaves the next request alone', async () => {
    let written = 0
    const { send, close } = await asking((request, response) => {
      if (request.method === 'POST') return void response.end('{}')
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) written += 65_536
        response.once('drain', pour)
      }
      return pour()
    })
    expect(await send()).toMatchObject({ status: 200, body: undefined })
    expect(written).toBeLessThan(64 * maxBytes)
    expect(await send({})).toMatchObject({ status: 200, body: {} })
    close()
  })

  test('that points elsewhere is not followed', async () => {
    let elsewhere = 0
    const other = await asking((_, response) => {
      elsewhere++
      response.end('{}')
    })
    const { send, close } = await asking((_, response) =>
      response.writeHead(307, { location: other.origin }).end(),
    )
    expect(await send({ a: 1 })).toMatchObject({ kind: 'answer', status: 307 })
    expect(elsewhere).toBe(0)
    close()
  })
})
