import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildApp } from 'fauxqs'

/** The parts of a request to SQS that a fault may look at or change. */
export interface Asked {
  action: string
  body: { QueueUrl?: string; Entries?: { Id: string }[] }
}

/** What becomes of a request: a status without an answer, entries that are answered as failed, or nothing special. */
export type Verdict = { refuse: number } | { fail: string[] } | undefined

/** An SQS on loopback behind a proxy that can do what the emulator cannot: fail. */
export interface FaultySqs {
  url: string
  /** Asked about each request; set it to script faults. */
  judge: (asked: Asked) => Verdict
  close(): Promise<void>
}

/** Starts the emulator and the proxy, both on free ports of 127.0.0.1. */
export async function startFaultySqs(): Promise<FaultySqs> {
  const app = buildApp({ logger: false })
  const target = await app.listen({ host: '127.0.0.1', port: 0 })
  const proxy: FaultySqs = { url: '', judge: () => undefined, close }
  const server = createServer((request, response) => {
    // A poll that hangs when all is closed has nobody left to answer.
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen({ host: '127.0.0.1', port: 0 }, resolve))
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return proxy

  async function serve(request: IncomingMessage, response: ServerResponse) {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    const action = String(request.headers['x-amz-target']).replace('AmazonSQS.', '')
    const body = JSON.parse(text) as Asked['body']
    const verdict = proxy.judge({ action, body })
    const { status, answer } = await answerTo(verdict, body, changed => pass(request.headers, changed))
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer)
  }

  async function pass(headers: NodeJS.Dict<string | string[]>, body: object): Promise<Passed> {
    const kept = ['content-type', 'x-amz-target', 'authorization'].map(name => [name, String(headers[name])])
    const answer = await fetch(target, {
      method: 'POST',
      headers: Object.fromEntries(kept),
      body: JSON.stringify(body),
    })
    return { status: answer.status, answer: await answer.text() }
  }
  async function close() {
    await new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
    await app.close()
  }
}

interface Passed {
  status: number
  answer: string
}

async function answerTo(
  verdict: Verdict,
  body: Asked['body'],
  pass: (body: object) => Promise<Passed>,
): Promise<Passed> {
  if (verdict === undefined) return pass(body)
  if ('refuse' in verdict) return { status: verdict.refuse, answer: '{"__type":"InternalFailure"}' }
  const Entries = body.Entries?.filter(({ Id }) => !verdict.fail.includes(Id)) ?? []
  const passed = Entries.length > 0 ? await pass({ ...body, Entries }) : { status: 200, answer: '{}' }
  const Failed = verdict.fail.map(Id => ({ Id, Code: 'InternalError', SenderFault: false }))
  return { ...passed, answer: JSON.stringify({ ...JSON.parse(passed.answer), Failed }) }
}
