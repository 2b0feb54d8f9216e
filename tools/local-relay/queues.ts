import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { buildApp } from 'fauxqs'
import { aws, queue as limits } from '../../lib/policy.ts'

/** Region and credentials for local services. They accept any. */
export const localAws = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
}

const names = { queue: 'kustomer-relay-local.fifo', deadLetters: 'kustomer-relay-local-dead.fifo' }

/** The two queues of the stack, on loopback. */
export interface Queues {
  endpoint: string
  queueUrl: string
  deadLetterQueueUrl: string
  sqs: SQSClient
  /** Seconds of one long poll. */
  pollSeconds: number
  /** Returns the number of messages by state, as SQS counts them: a message that waits for its retry is in flight. */
  counts(): Promise<{ waiting: number; inFlight: number; deadLetters: number }>
  close(): Promise<void>
}

/**
 * Starts an SQS in this process and creates the FIFO queue and its FIFO dead-letter queue.
 * With `endpoint`, it uses an SQS that runs already.
 */
export async function startQueues(visibilitySeconds: number, endpoint?: string): Promise<Queues> {
  const app = endpoint === undefined ? buildApp({ logger: false }) : undefined
  const at = endpoint ?? (await app?.listen({ host: '127.0.0.1', port: 0 })) ?? ''
  const sqs = new SQSClient({ ...localAws, endpoint: at, useQueueUrlAsEndpoint: aws.useQueueUrlAsEndpoint })
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
    queueUrl,
    deadLetterQueueUrl,
    sqs,
    // SQS's maximum. Shorter with another emulator: moto's long poll misses a group that is released meanwhile.
    pollSeconds: app ? 20 : 1,
    async counts() {
      const [queue, dead] = await Promise.all([countsOf(sqs, queueUrl), countsOf(sqs, deadLetterQueueUrl)])
      return { ...queue, deadLetters: dead.waiting + dead.inFlight }
    },
    async close() {
      sqs.destroy()
      await app?.close()
    },
  }
}

/** Returns the ARN of a local queue. Its URL ends in account and name. */
export function arnOf(queueUrl: string): string {
  const [account, name] = new URL(queueUrl).pathname.split('/').slice(-2)
  return `arn:aws:sqs:${localAws.region}:${account}:${name}`
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
