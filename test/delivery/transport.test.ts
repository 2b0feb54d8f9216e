import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createTransport } from '../../lib/delivery/transport.ts'

const maxBytes = 1_048_576
const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

/** A server that answers with `listener`, and one request of it. */
async function asking(listener: RequestListener) {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const transport = createTransport(maxBytes)
  const send = async (body?: object, timeoutMs = 5_000) => {
    const method = body ? 'POST' : 'GET'
    return transport.send({ method, url: `${origin}/v1/x`, template: '/v1/x' }, 'the-key', body, timeoutMs)
  }
  return { origin, send, close: () => transport.close() }
}

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

describe('no answer', () => {
  test.each([
    [undefined, false],
    [{ a: 1 }, true],
  ])('in time, to %j: it may be stored: %s', async (body, mayBeStored) => {
    const { send, close } = await asking(() => undefined)
    expect(await send(body, 50)).toEqual({ kind: 'none', why: 'time-out', mayBeStored })
    close()
  })

  test('in the middle of a body ends with the time, as its status alone', async () => {
    const { send, close } = await asking((_, response) => void response.writeHead(200).write('{'))
    expect(await send({ a: 1 }, 100)).toMatchObject({ kind: 'answer', status: 200, body: undefined })
    close()
  })

  test.each([
    [undefined, false],
    [{ a: 1 }, true],
  ])('but a lost connection, to %j: it may be stored: %s', async (body, mayBeStored) => {
    const { send, close } = await asking((request, response) => {
      request.on('end', () => response.destroy()).resume()
    })
    expect(await send(body)).toEqual({ kind: 'none', why: 'connection lost', mayBeStored })
    close()
  })

  test('where nobody listens: it was not stored', async () => {
    const { origin } = await asking(() => undefined)
    await new Promise(resolve => servers.pop()?.close(resolve))
    const transport = createTransport(maxBytes)
    const endpoint = { method: 'POST', url: `${origin}/v1/x`, template: '/v1/x' } as const
    expect(await transport.send(endpoint, 'k', { a: 1 }, 5_000)).toEqual({
      ...{ kind: 'none', why: 'no connection', mayBeStored: false },
    })
    transport.close()
  })

  test('where the answer breaks off before the request was read: not all of it had left', async () => {
    const { send, close } = await asking((request, response) => {
      request.once('data', () => response.destroy())
    })
    const reply = await send({ a: 'x'.repeat(32 * maxBytes) })
    expect(reply).toMatchObject({ kind: 'none', mayBeStored: false })
    close()
  })
})
