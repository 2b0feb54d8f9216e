import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request of SQS on its way: the action without its prefix, and the body. */
export interface Passing {
  action: string
  body: Record<string, unknown>
  /** From 1. */
  count: number
}

/** What becomes of a request: it passes, is refused as SQS refuses, or gets no answer since something happens. */
export type Verdict = 'pass' | 'refuse' | { when: 'before' | 'after'; act: () => void }

/** The wire between the tool and SQS, on loopback: every request goes through `judge`. */
export async function startWire(target: string, judge: (passing: Passing) => Verdict) {
  const log: Passing[] = []
  const server = createServer(async (incoming, outgoing) => {
    const body = await textOf(incoming)
    const action = String(incoming.headers['x-amz-target'] ?? '').replace('AmazonSQS.', '')
    const passing = { action, body: JSON.parse(body || '{}'), count: log.length + 1 }
    if (action) log.push(passing)
    const verdict = action ? judge(passing) : 'pass'
    if (verdict === 'refuse') {
      outgoing.writeHead(403, { 'content-type': 'application/x-amz-json-1.0' })
      return outgoing.end(
        JSON.stringify({ __type: 'com.amazonaws.sqs#AccessDenied', message: 'not for you' }),
      )
    }
    if (typeof verdict === 'object' && verdict.when === 'before') return verdict.act()
    const headers = incoming.headers as Record<string, string>
    const { 'content-length': _, connection: __, host: ___, ...kept } = headers
    const answer = await fetch(target, {
      method: incoming.method ?? 'POST',
      headers: kept,
      ...(body && { body }),
    })
    const text = await answer.text()
    if (typeof verdict === 'object') return verdict.act()
    outgoing.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
    return outgoing.end(text)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log }
}

async function textOf(incoming: IncomingMessage) {
  let text = ''
  for await (const part of incoming.setEncoding('utf8')) text += part
  return text
}
