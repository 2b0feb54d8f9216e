import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { buildApp } from 'fauxqs'
import { aws, queue as limits } from '../../lib/policy.ts'

/** Credentials and region that mean something to nobody: everything local takes them. */
export const localAws = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
}

const names = { queue: 'kustomer-relay-local.fifo', deadLetters: 'kustomer-relay-local-dead.fifo' }

/** The two queues as the stack makes them, on loopback. */
export interface Queues {
  endpoint: string
  queueUrl: string
  deadLetterQueueUrl: string
  sqs: SQSClient
  /** Seconds of one long poll. */
  pollSeconds: number
  /** Messages by state, as SQS counts them: one that waits out a delay is in flight. */
  counts(): Promise<{ waiting: number; inFlight: number; deadLetters: number }>
  close(): Promise<void>
}

/**
 * Starts an SQS in this process and makes the FIFO queue and its FIFO dead-letter queue in it.
 * `endpoint` names an SQS that runs already, in place of our own.
 */
export async function startQueues(visibilitySeconds: number, endpoint?: string): Promise<Queues> {
  const app = endpoint === undefined ? buildApp({ logger: false }) : undefined
  const at = endpoint ?? (await app?.listen({ host: '127.0.0.1', port: 0 })) ?? ''
  const sqs = new SQSClient({ ...localAws, endpoint: at, useQueueUrlAsEndpoint: aws.useQueueUrlAsEndpoint })
  const make = async (name: string, attributes: Record<string, string>) => {
    const shared = { FifoQueue: 'true', MessageRetentionPeriod: String(limits.retentionDays * 86_400) }
    const request = new CreateQueueCommand({ QueueName: name, Attributes: { ...shared, ...attributes } })
    const { QueueUrl = '' } = await sqs.send(request)
    // With the endpoint's own host: the one that the emulator gives needs a name server for `*.localhost`.
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
    // SQS's longest; short with another emulator, since moto's long poll does not see a group that is opened meanwhile.
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

/** The ARN of a local queue, whose URL ends in account and name. */
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
