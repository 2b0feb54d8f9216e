import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { tableClient } from '../../lib/policy.ts'
import { localClient } from '../../tools/local-relay/local-aws.ts'
import { startPeopleTable } from '../../tools/local-relay/people-table.ts'

/**
 * The fault of the next request: throttled, an error of the service, no answer, a connection that
 * breaks after the request was done, or, of a batch read, all keys but the first left unprocessed.
 */
export type TableFault = 'throttled' | 'failed' | 'silent' | 'broken' | 'unprocessed'

/** A table whose next requests have the faults in the order of `faults`; undefined is a request without a fault. */
export interface FaultyTable {
  dynamo: DynamoDBClient
  tableName: string
  faults: (TableFault | undefined)[]
  /** The operations that arrived, including repeated ones. */
  requests: string[]
  close(): Promise<void>
}

/** Starts a table behind a proxy with faults, and a client with the function's options but a shorter timeout. */
export async function startFaultyTable(requestTimeout: number): Promise<FaultyTable> {
  const table = await startPeopleTable()
  const faults: FaultyTable['faults'] = []
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    requests.push(String(request.headers['x-amz-target']).split('.')[1] ?? '')
    await answerWith(faults.shift(), { url: table.endpoint, headers: request.headers, body }, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const dynamo = new DynamoDBClient({
    ...localClient(table.credentials, `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    ...tableClient,
    requestHandler: { ...tableClient.requestHandler, connectionTimeout: 10_000, requestTimeout },
  })
  return {
    ...{ dynamo, tableName: table.tableName, faults, requests },
    async close() {
      dynamo.destroy()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await table.close()
    },
  }
}

interface Forwarded {
  url: string
  headers: IncomingHttpHeaders
  body: string
}

async function answerWith(fault: TableFault | undefined, request: Forwarded, response: ServerResponse) {
  const answer = (status: number, body: string) =>
    void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body)
  if (fault === 'silent') return
  if (fault === 'throttled') return answer(400, errorOf('ThrottlingException'))
  if (fault === 'failed') return answer(500, errorOf('InternalServerError'))
  if (fault === 'unprocessed') return answer(200, await answerFirst(request))
  const forwarded = await forward(request)
  if (fault === 'broken') return void response.destroy()
  return answer(forwarded.status, forwarded.text)
}

async function forward({ url, headers, body }: Forwarded) {
  const kept = ['content-type', 'x-amz-target', 'x-amz-date', 'authorization']
  const sent = Object.fromEntries(kept.map(name => [name, String(headers[name])]))
  const answer = await fetch(url, { method: 'POST', headers: sent, body })
  return { status: answer.status, text: await answer.text() }
}

/** Reads the first key of a batch and leaves the others unprocessed. */
async function answerFirst({ url, headers, body }: Forwarded): Promise<string> {
  const [[name, { Keys, ...options }] = ['', { Keys: [] }]] = Object.entries<{ Keys: unknown[] }>(
    JSON.parse(body).RequestItems,
  )
  const of = (keys: unknown[]) => ({ [name]: { ...options, Keys: keys } })
  const first = JSON.stringify({ RequestItems: of(Keys.slice(0, 1)) })
  const { text } = await forward({ url, headers, body: first })
  return JSON.stringify({ ...JSON.parse(text), UnprocessedKeys: Keys.length > 1 ? of(Keys.slice(1)) : {} })
}

function errorOf(name: string): string {
  return JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name })
}
