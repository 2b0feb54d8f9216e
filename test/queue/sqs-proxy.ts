import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request to SQS: the action without its prefix, and the body. */
export interface Passing {
  action: string
  body: Record<string, unknown> & { QueueUrl?: string; Entries?: { Id: string }[] }
  /** From 1. */
  count: number
}

/**
 * What happens to a request: it passes, is refused as by SQS for a client without permission or with expired
 * credentials, gets an error status of
 * SQS, has entries of its batch reported as failed, or gets no answer because something else happens.
 */
export type Verdict =
  | 'pass'
  | 'refuse'
  | 'expired'
  | { status: number }
  | { fail: string[] }
  | { when: 'before' | 'after'; act: () => void }

/** A proxy for an SQS on loopback. Unlike the emulator, it can fail. */
export interface SqsProxy {
  url: string
  /** Called for each request. Set it to script faults. */
  judge: (passing: Passing) => Verdict
  /** The requests so far. */
  log: Passing[]
  close(): Promise<void>
}

/** Starts a proxy on a free port of 127.0.0.1. Other requests than those of SQS, such as inspections, pass. */
export async function startSqsProxy(
  target: string,
  judge: SqsProxy['judge'] = () => 'pass',
): Promise<SqsProxy> {
  const server = createServer((incoming, outgoing) => {
    // A poll that is pending when everything is closed gets no answer.
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })
  const proxy: SqsProxy = {
    ...{ url: '', judge, log: [] },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return proxy

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse) {
    const text = await textOf(incoming)
    const action = String(incoming.headers['x-amz-target'] ?? '').replace('AmazonSQS.', '')
    const pass = (body: string) => forward(target + (incoming.url ?? '/'), incoming, body)
    if (!action) return send(outgoing, await pass(text))
    const passing: Passing = { action, body: JSON.parse(text), count: proxy.log.length + 1 }
    proxy.log.push(passing)
    const verdict = proxy.judge(passing)
    if (typeof verdict === 'object' && 'when' in verdict) {
      if (verdict.when === 'after') await pass(text)
      return verdict.act()
    }
    send(outgoing, await answerTo(verdict, passing, text, pass))
  }
}

interface Answer {
  status: number
  text: string
}

async function answerTo(
  verdict: Exclude<Verdict, { when: unknown }>,
  { body }: Passing,
  text: string,
  pass: (body: string) => Promise<Answer>,
): Promise<Answer> {
  if (verdict === 'pass') return pass(text)
  if (verdict === 'refuse')
    return { status: 403, text: '{"__type":"com.amazonaws.sqs#AccessDenied","message":"not for you"}' }
  if (verdict === 'expired')
    return { status: 403, text: '{"__type":"ExpiredTokenException","message":"The token has expired"}' }
  if ('status' in verdict) return { status: verdict.status, text: '{"__type":"InternalFailure"}' }
  const Entries = body.Entries?.filter(({ Id }) => !verdict.fail.includes(Id)) ?? []
  const passed =
    Entries.length > 0 ? await pass(JSON.stringify({ ...body, Entries })) : { status: 200, text: '{}' }
  const Failed = verdict.fail.map(Id => ({ Id, Code: 'InternalError', SenderFault: false }))
  return { status: passed.status, text: JSON.stringify({ ...JSON.parse(passed.text), Failed }) }
}

async function forward(
  url: string,
  { method = 'POST', headers }: IncomingMessage,
  body: string,
): Promise<Answer> {
  const { 'content-length': _, connection: __, host: ___, ...kept } = headers as Record<string, string>
  const answer = await fetch(url, { method, headers: kept, ...(body && { body }) })
  return { status: answer.status, text: await answer.text() }
}

function send(outgoing: ServerResponse, { status, text }: Answer) {
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(text)
}

async function textOf(incoming: IncomingMessage) {
  let text = ''
  for await (const part of incoming.setEncoding('utf8')) text += part
  return text
}
