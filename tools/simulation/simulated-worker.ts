import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import type { Transport } from '../../lib/kustomer/transport.ts'
import { functions } from '../../lib/policy.ts'
import { readWorkerConfig } from '../../lib/worker/config.ts'
import { createWorker, type WorkerPorts } from '../../lib/worker/create-worker.ts'
import { parseRecord } from '../../lib/worker/parse-record.ts'
import type { Container } from './container.ts'
import { createLambdaFunction, type LambdaFunction, type LambdaOptions } from './lambda-function.ts'
import type { ContainerTable } from './people-table.ts'
import { cachedFetch } from './secret-vault.ts'
import { logTo, metricsTo, type TelemetrySink } from './telemetry.ts'

/** What the worker function is set up with and works on. */
export interface SimulatedWorkerOptions
  extends Omit<LambdaOptions<SQSEvent, SQSBatchResponse>, 'name' | 'timeoutMs' | 'start'> {
  /** The function's environment variables. */
  environment: Record<string, string>
  /** The SDK's client of one container, its calls being calls of a port. */
  sqsOf(container: Container): { send(command: object): Promise<object> }
  readKey(): Promise<string>
  /** The table of person records and of the rate limit, as one container reaches it. */
  tableOf(container: Container): ContainerTable
  /** The transport of one invocation of one container. */
  transportOf(container: Container, invocation: number): Transport
  telemetry: TelemetrySink
  /** Whether the message's content ends the process that reads it. */
  isPoison(body: string): boolean
}

/**
 * The worker as it is deployed (`createWorker` with the function's own environment), in containers. Every port is
 * wrapped, so that a container can end or freeze at any call.
 */
export function createSimulatedWorker(
  options: SimulatedWorkerOptions,
): LambdaFunction<SQSEvent, SQSBatchResponse> {
  const config = readWorkerConfig(options.environment)
  const timeoutMs = functions.worker.timeoutSeconds * 1_000
  return createLambdaFunction<SQSEvent, SQSBatchResponse>({
    ...options,
    name: 'worker',
    timeoutMs,
    start(container) {
      const worker = createWorker(config, portsOf(container, options))
      return ({ Records }) =>
        worker({ Records: Records.map(record => guarded(record, container, options)) }, timeoutMs)
    },
  })
}

function portsOf(container: Container, options: SimulatedWorkerOptions): WorkerPorts {
  const { telemetry, clock } = options
  const random = options.random.fork(`code of ${container.name}`)
  const readKey = container.port('secrets', options.readKey)
  const table = options.tableOf(container)
  let invocation = 0
  return {
    sqs: options.sqsOf(container) as unknown as WorkerPorts['sqs'],
    fetchKey: cachedFetch(readKey, container.clock.now),
    createTransport() {
      const transport = options.transportOf(container, ++invocation)
      return { send: container.port('kustomer', transport.send), close: transport.close }
    },
    peopleStore: table.people,
    rateStore: table.rate,
    clock: container.clock,
    random: random.next,
    metrics: metricsTo(telemetry, container.name, clock.now),
    log: logTo(telemetry, container.name, clock.now),
  }
}

/** A record that ends the process that parses its body, if it is poison. A dead letter takes the text as it is. */
function guarded(record: SQSRecord, container: Container, options: SimulatedWorkerOptions): SQSRecord {
  if (!options.isPoison(record.body)) return record
  const { body } = record
  return {
    ...record,
    get body() {
      if (isParsed()) container.crash({ message: record.messageId })
      return body
    },
  }
}

function isParsed(): boolean {
  return new Error().stack?.includes(parseRecord.name) ?? false
}
