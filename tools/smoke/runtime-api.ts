import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The result of an invocation: the handler answered, it threw, it did not answer in time, or its process ended. */
export type InvocationResult =
  | { kind: 'answered'; value: unknown }
  | { kind: 'failed'; error: { errorType?: string } }
  | { kind: 'timedOut' }
  | { kind: 'ended' }

/**
 * Starts Lambda's side of the runtime API for one runtime. The runtime gets events at `next`; its answer or its error
 * resolves `invoke`. After the timeout the result is `timedOut`.
 * Source: docs.aws.amazon.com, "Using the Lambda runtime API", read 2026-11.
 */
export async function startRuntimeApi(functionArn: string) {
  const events = createEventQueue(functionArn)
  const ends = new Map<string, (result: InvocationResult) => void>()
  const server = createServer(async (request, response) => {
    const [, , , , id = '', end = ''] = request.url?.split('/') ?? []
    if (id === 'next') return events.sendNextTo(response)
    const value = await json(request)
    ends.get(id)?.(
      end === 'response' ? { kind: 'answered', value } : { kind: 'failed', error: Object(value) },
    )
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}')
  })
  await new Promise<void>(resolve => server.listen({ host: '127.0.0.1', port: 0 }, resolve))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async invoke(event: unknown, timeoutMs: number): Promise<InvocationResult> {
      const { promise, resolve } = Promise.withResolvers<InvocationResult>()
      const id = randomUUID()
      const timer = setTimeout(resolve, timeoutMs, { kind: 'timedOut' }).unref()
      ends.set(id, resolve)
      events.add({ id, event, deadlineMs: Date.now() + timeoutMs })
      return promise.finally(() => clearTimeout(timer))
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The events for the runtime, oldest first. The runtime's request for the next one waits until there is one. */
function createEventQueue(functionArn: string) {
  const events: { id: string; event: unknown; deadlineMs: number }[] = []
  let waiting: ServerResponse | undefined
  const sendNext = () => {
    const next = waiting && events.shift()
    if (!next) return
    waiting?.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': next.id,
      'lambda-runtime-deadline-ms': next.deadlineMs,
      'lambda-runtime-invoked-function-arn': functionArn,
    })
    waiting?.end(JSON.stringify(next.event))
    waiting = undefined
  }
  return {
    add(event: (typeof events)[number]) {
      events.push(event)
      sendNext()
    },
    sendNextTo(response: ServerResponse) {
      waiting = response
      sendNext()
    },
  }
}

async function json(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}
