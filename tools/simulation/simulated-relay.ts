import type { Transport } from '../../lib/kustomer/transport.ts'
import type { Item } from '../../lib/people/person-item.ts'
import type { Container } from './container.ts'
import type { ContainerFaults } from './container-faults.ts'
import type { ContainerFleet } from './containers.ts'
import { startEventSource } from './event-source.ts'
import type { FifoQueue } from './fifo-queue.ts'
import type { LambdaFunction } from './lambda-function.ts'
import { createPeopleTable, type TableFaults, type TableUse } from './people-table.ts'
import { createRelayQueues, type RelayQueuesOptions } from './relay-queues.ts'
import { createRelaySqs, type RelaySqsFaults } from './relay-sqs.ts'
import type { SecretVault } from './secret-vault.ts'
import { createSimulatedIngest } from './simulated-ingest.ts'
import { createSimulatedWorker } from './simulated-worker.ts'
import { SqsError } from './sqs-service.ts'
import type { TelemetrySink } from './telemetry.ts'
import { createWebhookEndpoint, type Post } from './webhook-endpoint.ts'

/** How a relay is deployed, and how what it stands on fails. */
export interface RelaySettings {
  workerConcurrency: number
  requestsPerMinute: number
  share: number
  giveUpAfterSeconds: number
  crashes: ContainerFaults & { retirePerInvocation: number }
  sqs: RelaySqsFaults
  table: TableFaults
  /** The worker's containers; absent: as many as are needed at a time. */
  fleet?: ContainerFleet
}

/** What a relay runs on, and whom it tells. */
export interface RelayWorld extends RelayQueuesOptions {
  telemetry: TelemetrySink
  kustomerKey: SecretVault
  webhookSecret: SecretVault
  /** The transport of one invocation of one container. */
  transportOf(container: Container, invocation: number): Transport
  isPoison(body: string): boolean
  /** Where the person records are, by message group. */
  records?: Map<string, Item>
  /** The table was read or written. */
  onTableUse?(use: TableUse): void
  /** SQS's answer reached the code that sent the command. */
  onSqsAnswer(command: object, answer: object): void
}

/** A whole relay in virtual time. */
export interface SimulatedRelay {
  post: Post
  queue: FifoQueue
  deadLetterQueue: FifoQueue
  /** Whether no message is left and no invocation of the worker runs. */
  isIdle(): boolean
  /** Requests to SQS so far, and what the worker's invocations came to. */
  usage(): { sqsRequests: number; worker: LambdaFunction<unknown, unknown>['usage'] }
}

const [queueUrl, deadLetterQueueUrl] = ['https://sqs.test/1/events.fifo', 'https://sqs.test/1/dead.fifo']
const personSalt = 'simulation'

/** Puts the real ingest and worker between models of SQS and Lambda, as the stack deploys them. */
export function createSimulatedRelay(settings: RelaySettings, world: RelayWorld): SimulatedRelay {
  const { clock, random, trace } = world
  const { queue, deadLetterQueue } = createRelayQueues(world)
  const queues = new Map([
    [queueUrl, queue],
    [deadLetterQueueUrl, deadLetterQueue],
  ])
  const sqs = createRelaySqs({ clock, random, queues, faults: settings.sqs, onAnswer: world.onSqsAnswer })
  const reachSecrets = secretStore(settings, world)
  const { retirePerInvocation, ...faults } = settings.crashes
  const functionOptions = { ...world, name: '', faults, retirePerInvocation, sqsOf: sqs.clientOf }
  const ingest = createSimulatedIngest({
    ...{ ...functionOptions, queueUrl, deadLetterQueueUrl, personSalt, reachSecrets },
    secret: world.webhookSecret,
  })
  const worker = createSimulatedWorker({
    ...functionOptions,
    ...(settings.fleet && { fleet: settings.fleet }),
    tableOf: createPeopleTable({
      ...{ clock, random, trace, faults: settings.table },
      ...(world.records && { items: world.records }),
      ...(world.onTableUse && { onUse: world.onTableUse }),
    }),
    environment: environmentOf(settings),
    readKey: () => reachSecrets().then(world.kustomerKey.current),
  })
  const source = startEventSource({
    ...{ clock, random, trace, queue, queueUrl, worker, concurrency: settings.workerConcurrency },
    sqs: sqs.eventSource,
  })
  return {
    post: createWebhookEndpoint(ingest, clock, random),
    queue,
    deadLetterQueue,
    isIdle: () => queue.size === 0 && source.isIdle(),
    usage: () => ({ sqsRequests: sqs.requests() + source.polls(), worker: worker.usage }),
  }
}

/** The time of a read of Secrets Manager, which fails as SQS does. */
function secretStore({ sqs }: RelaySettings, { clock, random }: RelayWorld) {
  const faults = random.fork('secrets')
  return async () => {
    const isFailed = faults.chance(sqs.failed)
    await clock.sleep(10 + faults.int(40))
    if (isFailed) throw new SqsError('InternalServiceError', true)
  }
}

function environmentOf({ requestsPerMinute, share, workerConcurrency, giveUpAfterSeconds }: RelaySettings) {
  return {
    QUEUE_URL: queueUrl,
    DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl,
    KUSTOMER_API_KEY_SECRET_ID: 'kustomer-api-key',
    PERSON_SALT: personSalt,
    KUSTOMER_REQUESTS_PER_MINUTE: String(requestsPerMinute),
    KUSTOMER_SHARE: String(share),
    WORKER_CONCURRENCY: String(workerConcurrency),
    GIVE_UP_AFTER_SECONDS: String(giveUpAfterSeconds),
  }
}
