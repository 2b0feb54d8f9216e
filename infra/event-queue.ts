import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib'
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
  RedrivePermission,
} from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { functions, queue } from '../lib/policy.ts'

/** The stage of the queues, and whether they are kept when the stack is deleted. */
export interface EventQueueProps {
  stage: string
  removalPolicy: RemovalPolicy
}

/**
 * The queue between the functions, and its dead-letter queue: both FIFO in high-throughput mode, encrypted, with TLS
 * only and SQS's longest retention. The worker dead-letters events itself; SQS's redrive is only a fallback.
 */
export class EventQueue extends Construct {
  readonly queue: Queue
  readonly deadLetters: Queue

  constructor(scope: Construct, id: string, { stage, removalPolicy }: EventQueueProps) {
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
  }
}
