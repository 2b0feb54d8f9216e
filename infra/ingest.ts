import type { Construct } from 'constructs'
import { type EventQueue, queueKeyActions } from './event-queue.ts'
import { NodeFunction, type NodeFunctionProps } from './node-function.ts'
import type { SecretReference } from './secrets.ts'

/** The queues that ingest writes to, and the secret that authenticates callers. */
export interface IngestProps extends Omit<NodeFunctionProps, 'name' | 'environment'> {
  queues: EventQueue
  secret: SecretReference
  /** The only addresses that may send events; undefined for every address. */
  allowedSourceIps?: string[]
}

/** The function behind the webhook. It may only send to the two queues and read its own secret. */
export class Ingest extends NodeFunction {
  constructor(scope: Construct, id: string, { queues, secret, allowedSourceIps, ...rest }: IngestProps) {
    super(scope, id, {
      ...rest,
      name: 'ingest',
      environment: {
        QUEUE_URL: queues.queue.queueUrl,
        DEAD_LETTER_QUEUE_URL: queues.deadLetters.queueUrl,
        WEBHOOK_SECRET_ID: secret.id,
        ...(allowedSourceIps && { ALLOWED_SOURCE_IPS: JSON.stringify(allowedSourceIps) }),
      },
    })
    this.allow(['sqs:SendMessage'], [queues.queue.queueArn, queues.deadLetters.queueArn])
    this.allow(['secretsmanager:GetSecretValue'], [secret.arn])
    this.allowKey('sqs', queueKeyActions, rest.kmsKeyArn)
    this.allowKey('secretsmanager', ['kms:Decrypt'], secret.keyArn)
  }
}
