import type { Construct } from 'constructs'
import type { EventQueue } from './event-queue.ts'
import { NodeFunction, type NodeFunctionProps } from './node-function.ts'
import type { SecretReference } from './secrets.ts'

/** The queues that ingest writes to, and the secret that authenticates callers. */
export interface IngestProps extends Omit<NodeFunctionProps, 'name' | 'environment'> {
  queues: EventQueue
  secret: SecretReference
}

/** The function behind the webhook. It may only send to the two queues and read its own secret. */
export class Ingest extends NodeFunction {
  constructor(scope: Construct, id: string, { queues, secret, ...rest }: IngestProps) {
    super(scope, id, {
      ...rest,
      name: 'ingest',
      environment: {
        QUEUE_URL: queues.queue.queueUrl,
        DEAD_LETTER_QUEUE_URL: queues.deadLetters.queueUrl,
        WEBHOOK_SECRET_ID: secret.id,
      },
    })
    this.allow(['sqs:SendMessage'], [queues.queue.queueArn, queues.deadLetters.queueArn])
    this.allow(['secretsmanager:GetSecretValue'], [secret.arn])
  }
}
