import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib'
import {
  CfnQueue,
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
  RedrivePermission,
} from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { functions, queue } from '../lib/policy.ts'

/**
 * What sending to and receiving from an encrypted queue needs of its key (docs.aws.amazon.com, SQS developer guide, "Key
 * management", read 2026-11-26).
 */
export const queueKeyActions = ['kms:Decrypt', 'kms:GenerateDataKey']

/** The stage of the queues, and whether they are kept when the stack is deleted. */
export interface EventQueueProps {
  stage: string
  removalPolicy: RemovalPolicy
  /** A key of the customer's, instead of SQS's own. */
  kmsKeyArn?: string
}

/**
 * The queue between the functions, and its dead-letter queue: both FIFO in high-throughput mode, encrypted, with TLS
 * only and SQS's longest retention. The worker dead-letters events itself; SQS's redrive is only a fallback.
 */
export class EventQueue extends Construct {
  readonly queue: Queue
  readonly deadLetters: Queue

  constructor(scope: Construct, id: string, { stage, removalPolicy, kmsKeyArn }: EventQueueProps) {
    super(scope, id)
    const queueName = `kustomer-relay-${stage}.fifo`
    const shared: QueueProps = {
      fifo: true,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(queue.retentionDays),
      removalPolicy,
    }
    // By name, not by reference: the queues name each other, and CloudFormation allows no circular references.
    const sourceArn = Stack.of(this).formatArn({ service: 'sqs', resource: queueName })
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...shared,
      queueName: `kustomer-relay-${stage}-dead.fifo`,
      redriveAllowPolicy: {
        redrivePermission: RedrivePermission.BY_QUEUE,
        sourceQueues: [Queue.fromQueueArn(this, 'Source', sourceArn)],
      },
    })
    this.queue = new Queue(this, 'Queue', {
      ...shared,
      queueName,
      visibilityTimeout: Duration.seconds(functions.worker.timeoutSeconds * queue.visibilityTimeouts),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: queue.maxReceiveCount },
    })
    if (kmsKeyArn) for (const own of [this.queue, this.deadLetters]) encryptWith(own, kmsKeyArn)
  }
}

/**
 * Encrypts a queue with a key of the customer's. The CDK's own way would let the event source use the key without a
 * condition; here the functions get it by `allowKey`.
 */
function encryptWith(queue: Queue, keyArn: string) {
  const resource = queue.node.defaultChild
  if (!(resource instanceof CfnQueue)) throw new TypeError('a queue without its resource')
  resource.kmsMasterKeyId = keyArn
  resource.sqsManagedSseEnabled = undefined
}
