import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { json } from '../http/response.ts'
import { serveAwsService } from './aws-service.ts'
import { type LocalCredentials, newCredentials } from './local-aws.ts'

/** A local Secrets Manager with the one operation that the functions use: GetSecretValue, by stage. */
export interface SecretStore {
  url: string
  /** What a client of `url` must use. */
  credentials: LocalCredentials
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

/**
 * Starts the store on a free port of 127.0.0.1 with these secrets. Each has one version. It refuses other credentials
 * than its own.
 */
export async function startSecretStore(
  initial: Record<string, string>,
  credentials: LocalCredentials = newCredentials(),
): Promise<SecretStore> {
  const versions = new Map<unknown, [current: Version, previous?: Version]>()
  let requests = 0
  let state: Parameters<SecretStore['switchTo']>[0] = 'up'
  const rotate = (id: string, value: string) => {
    const current = { id: randomUUID(), value, createdMs: Date.now() }
    const [previous] = versions.get(id) ?? []
    versions.set(id, previous ? [current, previous] : [current])
  }
  for (const [id, value] of Object.entries(initial)) rotate(id, value)

  const server = await serveAwsService(credentials.accessKeyId, async (request, _, body) => {
    requests++
    if (state === 'silent') await wait(10_000, undefined, { ref: false })
    return state === 'up' ? answerTo(request, body.toString(), versions) : down
  })
  return {
    url: server.url,
    credentials,
    get requests() {
      return requests
    },
    rotate,
    switchTo(next) {
      state = next
    },
    close: server.close,
  }
}

const down = json(500, { __type: 'InternalServiceError', message: 'the local secret store is switched off' })

function answerTo(request: IncomingMessage, text: string, versions: Map<unknown, [Version, Version?]>) {
  if (request.headers['x-amz-target'] !== 'secretsmanager.GetSecretValue')
    return json(400, { __type: 'UnknownOperationException' })
  const input = inputOf(text)
  if (!input) return json(400, { __type: 'SerializationException' })
  const { SecretId, VersionStage = 'AWSCURRENT' } = input
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

function inputOf(text: string): Record<string, unknown> | undefined {
  try {
    const input: unknown = JSON.parse(text)
    return typeof input === 'object' && input !== null ? { ...input } : undefined
  } catch {
    return undefined
  }
}
