import { describe, expect, test } from 'vitest'
import { createTransport } from '../../lib/kustomer/transport.ts'
import { asking, maxBytes, servers } from './asking.ts'

describe('no answer', () => {
  test.each([
    [undefined, false],
    [{ a: 1 }, true],
  ])('in time, to %j: it may be stored: %s', async (body, mayBeStored) => {
    const { send, close } = await asking(() => undefined)
    expect(await send(body, 50)).toEqual({ kind: 'none', why: 'time-out', mayBeStored })
    close()
  })

  test('in the middle of a body: the request times out, and only the status is kept', async () => {
    const { send, close } = await asking((_, response) => void response.writeHead(200).write('{'))
    // A busy machine may need longer for the first bytes of the answer: then the timeout is longer.
    let reply = await send({ a: 1 }, 100)
    for (let ms = 400; reply.kind === 'none' && ms < 30_000; ms *= 4) reply = await send({ a: 1 }, ms)
    expect(reply).toMatchObject({ kind: 'answer', status: 200, body: undefined })
    close()
  })

  test.each([
    [undefined, false],
    [{ a: 1 }, true],
  ])('because of a lost connection, to %j: it may be stored: %s', async (body, mayBeStored) => {
    const { send, close } = await asking((request, response) => {
      request.on('end', () => response.destroy()).resume()
    })
    expect(await send(body)).toEqual({ kind: 'none', why: 'connection lost', mayBeStored })
    close()
  })

  test('because no server listens: it was not stored', async () => {
    const { origin } = await asking(() => undefined)
    await new Promise(resolve => servers.pop()?.close(resolve))
    const transport = createTransport(maxBytes)
    const endpoint = { kind: 'create', method: 'POST', url: `${origin}/v1/x`, template: '/v1/x' } as const
    expect(await transport.send(endpoint, 'k', { a: 1 }, 5_000)).toEqual({
      ...{ kind: 'none', why: 'no connection', mayBeStored: false },
    })
    transport.close()
  })

  test('because the answer breaks off before the request is read: not all of it was sent', async () => {
    const { send, close } = await asking((request, response) => {
      request.once('data', () => response.destroy())
    })
    const reply = await send({ a: 'x'.repeat(32 * maxBytes) })
    expect(reply).toMatchObject({ kind: 'none', mayBeStored: false })
    close()
  })
})
