import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { HostileRequest } from './hostile-requests.ts'

const chunkBytes = 65_536

/** Milliseconds after which a request without an answer is given up. */
const patienceMs = 40_000

/**
 * Sends a wrong request on a connection of its own. Resolves to the status of the answer as text, `broken off` if the
 * request ended the connection itself, or `no answer`. Never rejects.
 */
export async function sendHostile({ url, head, body, sent, stallMs = 0 }: HostileRequest): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const answer = statusOf(socket)
  try {
    await once(socket, 'connect')
    await write(socket, Buffer.from(head))
    const whole = sent === undefined ? body : body.subarray(0, sent)
    for (let at = 0; at < whole.length && socket.writable; at += chunkBytes)
      await write(socket, whole.subarray(at, at + chunkBytes))
    if (sent === undefined) return await answer
    await wait(stallMs)
    return 'broken off'
  } catch {
    return await answer
  } finally {
    socket.resetAndDestroy()
  }
}

function statusOf(socket: Socket): Promise<string> {
  return new Promise(resolve => {
    socket.setTimeout(patienceMs, () => socket.destroy())
    socket.on('error', () => undefined)
    socket.once('data', data =>
      resolve(/^HTTP\/1\.1 (\d{3})/.exec(data.toString('latin1'))?.[1] ?? 'no HTTP'),
    )
    socket.once('close', () => resolve('no answer'))
  })
}

async function write(socket: Socket, bytes: Buffer) {
  if (socket.write(bytes) || socket.destroyed) return
  await Promise.race([once(socket, 'drain'), once(socket, 'close')])
}
