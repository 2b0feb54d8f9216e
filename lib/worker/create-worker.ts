import type { SQSClient } from '@aws-sdk/client-sqs'
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { createDelivery, type DeliveryWorld } from '../delivery/create-delivery.ts'
import { createPersonRecords } from '../people/person-records.ts'
import { delay, sendDeadLetter } from '../queue/sqs.ts'
import type { Log } from '../runtime/log.ts'
import type { MetricsPort } from '../runtime/metrics.ts'
import { transform } from '../transform/index.ts'
import type { WorkerConfig } from './config.ts'
import { work } from './process-batch.ts'
import { createReporter } from './reporter.ts'
import { createSettle } from './settle.ts'

/** What a worker needs of the world. */
export interface WorkerPorts extends Omit<DeliveryWorld, 'personRecords'> {
  sqs: Pick<SQSClient, 'send'>
  /** A number from 0 to 1 that spreads the backoff. */
  random(): number
  metrics: MetricsPort & { flush(): void }
  log: Log
}

/**
 * Assembles the worker of one container. Gives the handler of its invocations: a batch in, the messages that are not
 * done out. `remainingMs` is the time until the container is stopped. Rejects only where Kustomer's key cannot be read.
 */
export function createWorker(config: WorkerConfig, ports: WorkerPorts) {
  const { sqs, clock, metrics } = ports
  const { baseEndpoint } = config.settings
  const open = createDelivery(baseEndpoint, config.requestsPerMinute, {
    ...ports,
    personRecords: createPersonRecords(),
  })
  const reporter = createReporter(ports.log, metrics, clock)
  const settle = createSettle({
    sendDeadLetter: (deadLetter, id) => sendDeadLetter(sqs, config.deadLetterQueueUrl, deadLetter, id),
    delay: delays => delay(sqs, config.queueUrl, delays),
    clock,
    random: ports.random,
    times: config.retry,
    reporter,
  })

  return async ({ Records }: SQSEvent, remainingMs: number): Promise<SQSBatchResponse> => {
    try {
      const invocation = await open(clock.now() + remainingMs)
      try {
        return await work(Records, {
          transform: event => transform(event, config.settings),
          deliver: (call, opened) => invocation.deliver(call, made => reporter.call(made, opened)),
          settle,
        })
      } finally {
        invocation.close()
      }
    } finally {
      metrics.flush()
    }
  }
}
