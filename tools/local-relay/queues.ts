import type { DatabaseSync } from 'node:sqlite'
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { buildApp } from 'fauxqs'
import { aws, queue as limits } from '../../lib/policy.ts'
import { injectRequest, serveAwsService } from './aws-service.ts'
import { type LocalCredentials, localClient, localRegion, newCredentials } from './local-aws.ts'
import { createStoredQueues } from './storage/stored-queues.ts'

const names = { queue: 'kustomer-relay-local.fifo', deadLetters: 'kustomer-relay-local-dead.fifo' }

/** The two queues of the stack, on loopback. */
export interface Queues {
  endpoint: string
  /** What a client of `endpoint` must use. */
  credentials: LocalCredentials
  queueUrl: string
  deadLetterQueueUrl: string
  sqs: SQSClient
  /** Seconds of one long poll. */
  pollSeconds: number
  /** Returns the number of messages by state, as SQS counts them: a message that waits for its retry is in flight. */
  counts(): Promise<{ waiting: number; inFlight: number; deadLetters: number }>
  close(): Promise<void>
}

/** Where the queues are: an SQS that runs already, the credentials of this run, and the database for the messages. */
export interface QueuesOptions {
  endpoint?: string | undefined
  credentials?: LocalCredentials | undefined
  database?: DatabaseSync | undefined
}

/**
 * Starts an SQS in this process and creates the FIFO queue and its FIFO dead-letter queue. It refuses other credentials
 * than its own. With `database`, messages are kept in it and are there again after a restart. With `endpoint`, it uses an
 * SQS that runs already.
 */
export async function startQueues(
  visibilitySeconds: number,
  { endpoint, credentials = newCredentials(), database }: QueuesOptions = {},
): Promise<Queues> {
  const server = endpoint === undefined ? await serveSqs(credentials.accessKeyId, database) : undefined
  const at = endpoint ?? server?.url ?? ''
  const sqs = new SQSClient({
    ...localClient(credentials, at),
    useQueueUrlAsEndpoint: aws.useQueueUrlAsEndpoint,
  })
  const make = async (name: string, attributes: Record<string, string>) => {
    const shared = { FifoQueue: 'true', MessageRetentionPeriod: String(limits.retentionDays * 86_400) }
    const request = new CreateQueueCommand({ QueueName: name, Attributes: { ...shared, ...attributes } })
    const { QueueUrl = '' } = await sqs.send(request)
    // Uses the host of the endpoint: the emulator's host is a name under `.localhost`, which needs a DNS server.
    return `${at}${new URL(QueueUrl).pathname}`
  }
  const deadLetterQueueUrl = await make(names.deadLetters, {})
  const queueUrl = await make(names.queue, {
    VisibilityTimeout: String(visibilitySeconds),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: arnOf(deadLetterQueueUrl),
      maxReceiveCount: limits.maxReceiveCount,
    }),
  })
  return {
    endpoint: at,
    credentials,
    queueUrl,
    deadLetterQueueUrl,
    sqs,
    // SQS's maximum. Shorter with another emulator: moto's long poll misses a group that is released meanwhile.
    pollSeconds: server ? 20 : 1,
    async counts() {
      const [queue, dead] = await Promise.all([countsOf(sqs, queueUrl), countsOf(sqs, deadLetterQueueUrl)])
      return { ...queue, deadLetters: dead.waiting + dead.inFlight }
    },
    async close() {
      sqs.destroy()
      await server?.close()
    },
  }
}

async function serveSqs(accessKeyId: string, database: DatabaseSync | undefined) {
  const app = buildApp({ logger: false, ...(database && { stores: await createStoredQueues(database) }) })
  await app.ready()
  const server = await serveAwsService(accessKeyId, (request, _, body) =>
    injectRequest((one, response) => app.routing(one, response), request, body),
  )
  return {
    url: server.url,
    async close() {
      // First the app: it ends the polls that wait for messages.
      await app.close()
      await server.close()
    },
  }
}

/** Returns the ARN of a local queue. Its URL ends in account and name. */
export function arnOf(queueUrl: string): string {
  const [account, name] = new URL(queueUrl).pathname.split('/').slice(-2)
  return `arn:aws:sqs:${localRegion}:${account}:${name}`
}

async function countsOf(sqs: SQSClient, queueUrl: string) {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  )
  return {
    waiting: Number(Attributes.ApproximateNumberOfMessages),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
  }
}
