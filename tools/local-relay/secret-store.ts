import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { json } from '../http/response.ts'

/** A local Secrets Manager with the one operation that the functions use: GetSecretValue, by stage. */
export interface SecretStore {
  url: string
  /** Number of requests so far, failed ones included. */
  readonly requests: number
  /** Sets a new value of a secret. The value before it stays readable as AWSPREVIOUS. */
  rotate(id: string, value: string): void
  /** `up`: answers normally. `down`: answers 500. `silent`: gives no answer for 10 s. */
  switchTo(state: 'up' | 'down' | 'silent'): void
  close(): Promise<void>
}

interface Version {
  id: string
  value: string
  createdMs: number
}

/** Starts the store on a free port of 127.0.0.1 with these secrets. Each has one version. */
export async function startSecretStore(initial: Record<string, string>): Promise<SecretStore> {
  const versions = new Map<string, [current: Version, previous?: Version]>()
  let requests = 0
  let state: Parameters<SecretStore['switchTo']>[0] = 'up'
  const rotate = (id: string, value: string) => {
    const current = { id: randomUUID(), value, createdMs: Date.now() }
    const [previous] = versions.get(id) ?? []
    versions.set(id, previous ? [current, previous] : [current])
  }
  for (const [id, value] of Object.entries(initial)) rotate(id, value)

  const server = createServer(async (request, response) => {
    const text = await read(request)
    requests++
    if (state === 'silent') await wait(10_000, undefined, { ref: false })
    const { status, body } = state === 'up' ? answerTo(request, text, versions) : down
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body)
  })
  await new Promise<void>(resolve => server.listen({ host: '127.0.0.1', port: 0 }, resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests
    },
    rotate,
    switchTo(next) {
      state = next
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const down = json(500, { __type: 'InternalServiceError', message: 'the local secret store is switched off' })

function answerTo(request: IncomingMessage, text: string, versions: Map<string, [Version, Version?]>) {
  if (request.headers['x-amz-target'] !== 'secretsmanager.GetSecretValue')
    return json(400, { __type: 'UnknownOperationException' })
  const { SecretId, VersionStage = 'AWSCURRENT' } = JSON.parse(text)
  const [current, previous] = versions.get(SecretId) ?? []
  const version = { AWSCURRENT: current, AWSPREVIOUS: previous }[String(VersionStage)]
  if (!version)
    return json(400, {
      __type: 'ResourceNotFoundException',
      Message: current
        ? `Secrets Manager can't find the specified secret value for staging label: ${VersionStage}`
        : "Secrets Manager can't find the specified secret.",
    })
  return json(200, {
    ARN: `arn:aws:secretsmanager:us-east-1:000000000000:secret:${SecretId}`,
    Name: SecretId,
    VersionId: version.id,
    SecretString: version.value,
    VersionStages: [VersionStage],
    CreatedDate: version.createdMs / 1000,
  })
}

async function read(request: IncomingMessage) {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}
