import type { Transport } from '../../lib/kustomer/transport.ts'
import { functions, queue as limits } from '../../lib/policy.ts'
import type { Container, ContainerFaults } from './container.ts'
import { startEventSource } from './event-source.ts'
import { FifoQueue } from './fifo-queue.ts'
import type { LambdaFunction } from './lambda-function.ts'
import { createPeopleTable, type TableFaults } from './people-table.ts'
import type { QueueMessage } from './queue-message.ts'
import type { Random } from './random.ts'
import type { SecretVault } from './secret-vault.ts'
import { createSimulatedIngest } from './simulated-ingest.ts'
import { createSimulatedWorker } from './simulated-worker.ts'
import { createSqsClient, type SqsFaults } from './sqs-client.ts'
import { createSqsService, SqsError } from './sqs-service.ts'
import type { TelemetrySink } from './telemetry.ts'
import type { Trace } from './trace.ts'
import type { VirtualClock } from './virtual-clock.ts'
import { createWebhookEndpoint, type Post } from './webhook-endpoint.ts'

/** How a relay is deployed, and how what it stands on fails. */
export interface RelaySettings {
  workerConcurrency: number
  requestsPerMinute: number
  share: number
  giveUpAfterSeconds: number
  crashes: ContainerFaults & { retirePerInvocation: number }
  /** `partial`: the chance of one entry of a batch call to fail by itself. */
  sqs: SqsFaults & { partial: number }
  table: TableFaults
}

/** What a relay runs on, and whom it tells. */
export interface RelayWorld {
  clock: VirtualClock
  random: Random
  trace: Trace
  telemetry: TelemetrySink
  kustomerKey: SecretVault
  webhookSecret: SecretVault
  /** The transport of one invocation of one container. */
  transportOf(container: Container, invocation: number): Transport
  isPoison(body: string): boolean
  /** A message came to rest in the dead-letter queue. */
  onDeadLetter(message: QueueMessage): void
  /** SQS's answer reached the code that sent the command. */
  onSqsAnswer(command: object, answer: object): void
  /** The event source deleted a message of the queue. */
  onDeleted?(message: QueueMessage): void
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
  const { queue, deadLetterQueue } = createQueues(world)
  const queues = new Map([
    [queueUrl, queue],
    [deadLetterQueueUrl, deadLetterQueue],
  ])
  const network = random.fork('sqs')
  const serve = createSqsService(queues, () => network.chance(settings.sqs.partial))
  let sqsRequests = 0
  const execute = (command: object) => {
    sqsRequests++
    return serve(command)
  }
  const sqsOf = (container: Container) => {
    const whenRunning = () => container.whenRunning()
    const own = random.fork(`sqs of ${container.name}`)
    const client = createSqsClient({ clock, execute, faults: settings.sqs, random: own, whenRunning })
    const send = container.port('sqs', client.send)
    return {
      async send(command: object, options?: { abortSignal?: AbortSignal }) {
        const answer = await send(command, options)
        world.onSqsAnswer(command, answer)
        return answer
      },
    }
  }
  const reachSecrets = secretStore(settings, world)
  const { retirePerInvocation, ...faults } = settings.crashes
  const functionOptions = { ...world, name: '', faults, retirePerInvocation, sqsOf }
  const ingest = createSimulatedIngest({
    ...{ ...functionOptions, queueUrl, deadLetterQueueUrl, personSalt, reachSecrets },
    secret: world.webhookSecret,
  })
  const worker = createSimulatedWorker({
    ...functionOptions,
    tableOf: createPeopleTable({ clock, random, trace, faults: settings.table }),
    environment: environmentOf(settings),
    readKey: () => reachSecrets().then(world.kustomerKey.current),
  })
  const source = startEventSource({
    ...{ clock, random, trace, queue, queueUrl, worker, concurrency: settings.workerConcurrency },
    sqs: createSqsClient({
      clock,
      execute,
      faults: settings.sqs,
      random: random.fork('sqs of the event source'),
    }),
  })
  return {
    post: createWebhookEndpoint(ingest, clock, random),
    queue,
    deadLetterQueue,
    isIdle: () => queue.size === 0 && source.isIdle(),
    usage: () => ({ sqsRequests: sqsRequests + source.polls(), worker: worker.usage }),
  }
}

function createQueues({ clock, random, trace, onDeadLetter, onDeleted }: RelayWorld) {
  const retentionSeconds = limits.retentionDays * 86_400
  const tell = (what: string) => (message: QueueMessage) =>
    trace.add({ at: clock.now(), who: 'sqs', what, message: message.id, received: message.receiveCount })
  const deadLetterQueue = new FifoQueue({
    ...{ name: 'dead', clock, retentionSeconds, visibilitySeconds: 30 },
    onSent: message => {
      const code = message.attributes?.ERROR_CODE?.StringValue
      trace.add({ at: clock.now(), who: 'sqs', what: 'dead letter', letter: message.id, code })
      onDeadLetter(message)
    },
  })
  const queue = new FifoQueue({
    ...{ name: 'm', clock, random: random.fork('order of groups'), retentionSeconds },
    visibilitySeconds: functions.worker.timeoutSeconds * limits.visibilityTimeouts,
    redrive: { maxReceiveCount: limits.maxReceiveCount, to: deadLetterQueue },
    onExpired: tell('expired'),
    ...(onDeleted && { onDeleted }),
    onRedriven: tell('redriven'),
  })
  return { queue, deadLetterQueue }
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
