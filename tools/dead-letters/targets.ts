import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs'
import { defaultProvider } from '@aws-sdk/credential-provider-node'
import { createTableStore } from '../../lib/people/table-store.ts'
import { aws } from '../../lib/policy.ts'
import { systemClock } from '../../lib/runtime/clock.ts'
import { parseSettings } from '../../lib/settings.ts'
import { findLocalFile } from '../local-relay/find-local-file.ts'
import { localClient } from '../local-relay/local-aws.ts'
import { defaultDataDir, localFilePath } from '../local-relay/local-file.ts'
import type { CommandIo } from '../terminal/command-io.ts'
import { readStack } from './read-stack.ts'
import type { RelayAccess } from './relay-access.ts'
import { type Renewal, renewingClient } from './renewing-client.ts'

/** The relay to use: the local relay, a deployed stack, or the queues of two URLs. Only one of the three is set. */
export interface Target {
  local?: boolean | undefined
  stack?: string | undefined
  queueUrl?: string | undefined
  dlqUrl?: string | undefined
}

/**
 * Finds a relay and creates clients for its queues and its table. Credentials and region come from the usual AWS
 * sources, but a region in the queue's URL has priority. `cwd` is the folder in which the local relay runs. With
 * `renewal`, requests on AWS survive expired credentials.
 * @throws Error that says what to do if the target is invalid or cannot be found.
 */
export async function openRelay(
  target: Target,
  io: Pick<CommandIo, 'cwd' | 'env'>,
  renewal?: Renewal,
): Promise<RelayAccess> {
  const { local, stack, queueUrl, dlqUrl } = target
  const given = [local, stack, queueUrl ?? dlqUrl].filter(one => one !== undefined && one !== false)
  if (given.length !== 1)
    throw new Error('Say which queues: --local, --stack NAME, or --queue-url URL with --dlq-url URL')
  if (local) return openLocal(io)
  return stack === undefined ? openUrls(queueUrl, dlqUrl, renewal) : openStack(stack, renewal)
}

async function openLocal(io: Pick<CommandIo, 'cwd' | 'env'>): Promise<RelayAccess> {
  const path = localFilePath(defaultDataDir)
  const relay = findLocalFile(io)
  const port = io.env.PORT?.trim()
  const onPort = port ? ` on port ${port}` : ''
  if (!relay)
    throw new Error(`No local relay runs here${onPort} (no valid ${path}): start one with npm start`)
  const { endpoint, accessKeyId, secretAccessKey, queueUrl, deadLetterQueueUrl, people } = relay
  const isUp = await fetch(endpoint).then(
    () => true,
    () => false,
  )
  if (!isUp) throw new Error(`The local relay of ${path} is no longer running: start one with npm start`)
  const clientOf = (url: string) => localClient({ accessKeyId, secretAccessKey }, url)
  const settings = await fetch(`${relay.url}/local/settings`).then(
    async answer => (answer.ok ? parseSettings(await answer.json()) : undefined),
    () => undefined,
  )
  return access({
    queues: { sqs: sqsFor(clientOf(endpoint)), queueUrl, deadLetterQueueUrl },
    ...(people && { table: { ...people, config: clientOf(people.endpoint) } }),
    ...(settings && { settings }),
  })
}

async function openStack(name: string, renewal: Renewal | undefined): Promise<RelayAccess> {
  const { id, output } = await readStack(name)
  const [queueUrl, deadLetterQueueUrl] = [output('QueueUrl'), output('DeadLetterQueueUrl')]
  if (!queueUrl || !deadLetterQueueUrl)
    throw new Error(
      `The stack ${name} has no outputs QueueUrl and DeadLetterQueueUrl: is it the stack of a relay?`,
    )
  const region = regionOf(deadLetterQueueUrl)
  const [tableName, settings, auditLogGroup] = [
    output('PeopleTable'),
    output('Settings'),
    output('AuditLogGroup'),
  ]
  return access(
    {
      queues: { sqs: sqsFor(region, renewal), queueUrl, deadLetterQueueUrl },
      ...region,
      ...(tableName && { table: { tableName, salt: id, config: region } }),
      ...(settings && { settings: parseSettings(JSON.parse(settings)) }),
      ...(auditLogGroup && { auditLogGroup }),
    },
    renewal,
  )
}

function openUrls(
  queueUrl: string | undefined,
  deadLetterQueueUrl: string | undefined,
  renewal: Renewal | undefined,
): RelayAccess {
  if (!queueUrl || !deadLetterQueueUrl) throw new Error('--queue-url and --dlq-url must be used together')
  if (queueUrl === deadLetterQueueUrl) throw new Error('The queue and the dead-letter queue are the same')
  const sqs = sqsFor(regionOf(deadLetterQueueUrl), renewal)
  return access({ queues: { sqs, queueUrl, deadLetterQueueUrl } })
}

interface Found extends Omit<RelayAccess, 'people' | 'close'> {
  table?: { tableName: string; salt: string; config: DynamoDBClientConfig }
}

function access({ table, ...found }: Found, renewal?: Renewal): RelayAccess {
  const dynamo =
    table &&
    renewed(() => new DynamoDBClient({ ...freshCredentials(renewal), ...table.config, ...patient }), renewal)
  return {
    ...found,
    ...(table &&
      dynamo && {
        people: {
          ...{ store: createTableStore(dynamo, table.tableName, systemClock), salt: table.salt },
          ...{ tableName: table.tableName, dynamo },
        },
      }),
    close() {
      found.queues.sqs.destroy()
      dynamo?.destroy()
    },
  }
}

function regionOf(queueUrl: string): { region?: string } {
  const region = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\./.exec(queueUrl)?.[1]
  return region ? { region } : {}
}

/** Longer time-outs than the functions' clients: a slow answer is better here than a failed replay. */
const patient = { requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 }, maxAttempts: 3 }

function sqsFor(config: SQSClientConfig, renewal?: Renewal) {
  return renewed(
    () =>
      new SQSClient({
        ...freshCredentials(renewal),
        ...config,
        ...patient,
        useQueueUrlAsEndpoint: aws.useQueueUrlAsEndpoint,
      }),
    renewal,
  )
}

function renewed<C extends SQSClient | DynamoDBClient>(create: () => C, renewal: Renewal | undefined) {
  return renewal ? renewingClient(create, renewal) : create()
}

/** The usual sources of credentials, read from their files each time that a client is made. */
function freshCredentials(renewal: Renewal | undefined) {
  return renewal ? { credentials: defaultProvider({ ignoreCache: true }) } : {}
}
