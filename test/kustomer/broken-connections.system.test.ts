import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createTransport, type Reply } from '../../lib/kustomer/transport.ts'

/**
 * Timeouts of a request in ms. A busy machine may need a longer one: they are tried until the reply is the expected
 * one.
 */
const timeouts = [300, 1_200, 5_000, 20_000]
const open: { server: Server; sockets: Set<Socket> }[] = []
afterEach(async () => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy()
    await new Promise(resolve => server.close(resolve))
  }
})

/** Starts a server that reads the whole request and then uses the connection as `answer` does. Returns its port. */
async function listening(answer: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('data', () => answer(socket))
  })
  open.push({ server, sockets })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const createAt = (url: string) => ({ kind: 'create', method: 'POST', template: '/x', url }) as const

/** One write to this server; `unsettled` if it never ends. */
async function write(port: number, timeoutMs: number, scheme = 'http'): Promise<Reply | 'unsettled'> {
  const transport = createTransport(1_000_000)
  const sent = transport.send(createAt(`${scheme}://127.0.0.1:${port}/x`), 'key', { a: 1 }, timeoutMs)
  let reply: Reply | 'unsettled' = 'unsettled'
  void sent.then(one => {
    reply = one
  })
  await vi.waitUntil(() => reply !== 'unsettled', { timeout: 20 * timeoutMs }).catch(() => undefined)
  transport.close()
  return reply
}

/** Returns the first reply of the expected kind, with a longer timeout each time, or the last reply. */
async function writeUntil(expected: Partial<Reply>, port: number) {
  const isExpected = (reply: Reply | 'unsettled') =>
    Object.entries(expected).every(([name, value]) => value === Object(reply)[name])
  let reply: Reply | 'unsettled' = 'unsettled'
  for (const timeoutMs of timeouts) if (!isExpected(reply)) reply = await write(port, timeoutMs)
  return reply
}

const head = (status: string, ...headers: string[]) =>
  `${['HTTP/1.1 '.concat(status), ...headers].join('\r\n')}\r\n`
const lost: Reply = { kind: 'none', why: 'connection lost', mayBeStored: true }
const late: Reply = { kind: 'none', why: 'time-out', mayBeStored: true }

describe('a request always settles', () => {
  test.each<[string, (socket: Socket) => void, Partial<Reply>]>([
    [
      'a switch to another protocol',
      socket => socket.write(`${head('101 Switching Protocols', 'Upgrade: x', 'Connection: Upgrade')}\r\n`),
      { kind: 'answer', status: 101, body: undefined },
    ],
    ['an end without an answer', socket => socket.end(), lost],
    ['a reset', socket => socket.resetAndDestroy(), lost],
    ['what is no HTTP', socket => socket.write('SSH-2.0-x\r\n\r\n'), lost],
    ['headers that stop', socket => socket.write(head('200 OK', 'x-a: 1')), late],
    ['headers that drip', socket => drip(socket, head('200 OK'), 'x-a: 1\r\n'), late],
    ['headers without end', socket => socket.write(head('200 OK') + 'x-a: 1\r\n'.repeat(10_000)), lost],
    ['nothing but "go on"', socket => drip(socket, '', `${head('100 Continue')}\r\n`), late],
    [
      'a body that stops',
      socket => socket.write(`${head('201 Created', 'content-length: 99')}\r\n{"data":`),
      { kind: 'answer', status: 201, body: undefined },
    ],
    [
      'a body that drips',
      socket => drip(socket, `${head('201 Created', 'content-length: 999999')}\r\n`, ' '),
      { kind: 'answer', status: 201, body: undefined },
    ],
    [
      'a body that breaks off',
      socket => socket.end(`${head('201 Created', 'content-length: 99')}\r\n{"data":`),
      { kind: 'answer', status: 201, body: undefined },
    ],
  ])('%s', async (_, answer, expected) => {
    expect(await writeUntil(expected, await listening(answer))).toMatchObject(expected)
  })

  test('a TLS handshake that is never answered: nothing was sent', async () => {
    const port = await listening(() => undefined)
    expect(await write(port, 300, 'https')).toEqual({ kind: 'none', why: 'time-out', mayBeStored: false })
  })

  test('a TLS handshake that is answered with something else: nothing was sent', async () => {
    const port = await listening(socket => socket.end(`${head('400 Bad Request')}\r\n`))
    expect(await write(port, 20_000, 'https')).toEqual({
      ...{ kind: 'none', why: 'no connection', mayBeStored: false },
    })
  })

  test('a transport that is closed during the request', async () => {
    const transport = createTransport(1_000_000)
    const port = await listening(() => transport.close())
    expect(await transport.send(createAt(`http://127.0.0.1:${port}/x`), 'key', { a: 1 }, 60_000)).toEqual(
      lost,
    )
  })
})

/** Writes `first`, and then `part` repeatedly. */
function drip(socket: Socket, first: string, part: string) {
  socket.write(first)
  const timer = setInterval(() => socket.write(part), 10)
  socket.once('close', () => clearInterval(timer))
}
