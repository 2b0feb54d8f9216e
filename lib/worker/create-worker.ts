import type { SQSClient } from '@aws-sdk/client-sqs'
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { createDelivery, type DeliveryWorld, type Invocation } from '../delivery/create-delivery.ts'
import type { CallReport } from '../kustomer/client.ts'
import { hashOf } from '../people/hash-of.ts'
import { createPeople } from '../people/people.ts'
import type { PeopleStore } from '../people/person.ts'
import { groupIdOf } from '../queue/envelope.ts'
import { delay, deleteMessages } from '../queue/received-messages.ts'
import { sendDeadLetter } from '../queue/sqs.ts'
import type { Log } from '../runtime/log.ts'
import type { MetricsPort } from '../runtime/metrics.ts'
import { transform } from '../transform/index.ts'
import type { WorkerConfig } from './config.ts'
import { parseRecord } from './parse-record.ts'
import { processBatch } from './process-batch.ts'
import { createReporter, type Reporter } from './reporter.ts'
import { openSettlement, type SettlePorts } from './settle.ts'
import type { WorkPorts } from './work-in-order.ts'

/** What a worker needs from outside. Without `peopleStore` it keeps person records in its own memory. */
export interface WorkerPorts extends DeliveryWorld {
  sqs: Pick<SQSClient, 'send'>
  peopleStore?: PeopleStore
  /** A number from 0 to 1, for the jitter of the backoff. */
  random(): number
  metrics: MetricsPort & { flush(): void }
  log: Log
}

/**
 * Assembles the worker of one container. Returns the handler of its invocations, which takes a batch and returns the
 * messages that are not done. `remainingMs` is the time until Lambda ends the invocation. The handler rejects only when
 * Kustomer's API key cannot be read.
 */
export function createWorker(config: WorkerConfig, ports: WorkerPorts) {
  const { clock, metrics } = ports
  const { settings, rate, resendUnchangedAfterMs, personSalt } = config
  const openInvocation = createDelivery({ ...settings, rate, resendUnchangedAfterMs }, ports)
  const reporter = createReporter(ports.log, metrics, clock)
  const people = createPeople(ports.peopleStore, {
    ...{ clock, metrics },
    onUnavailable: error => reporter.fault('person records are unavailable', error),
  })
  const hash = (text: string) => hashOf(personSalt, text)
  const settlePorts = settlePortsOf(config, ports, reporter)
  const openWork = async (groupIds: string[], invocation: Invocation): Promise<WorkPorts> => {
    const opened = await people.open(groupIds)
    const isAnonymous = async (externalId: string) =>
      (await opened.peek(groupIdOf(externalId, personSalt)))?.role === 'anonymous'
    return {
      parse: record => parseRecord(record, event => transform(event, settings)),
      deliver: (call, parsed, person, isMerged) => {
        const { role, eventAtMs } = parsed
        const onCall = (made: CallReport) => reporter.call(made, parsed)
        return invocation.deliver({ call, person, isMerged, isAnonymous, hash, role, eventAtMs, onCall })
      },
      people: opened,
      ...{ settlement: openSettlement(settlePorts), hash, clock },
    }
  }

  return async ({ Records }: SQSEvent, remainingMs: number): Promise<SQSBatchResponse> => {
    try {
      const invocation = await openInvocation(clock.now() + remainingMs)
      try {
        return await processBatch(Records, groupIds => openWork(groupIds, invocation))
      } finally {
        await invocation.close()
      }
    } finally {
      metrics.flush()
    }
  }
}

function settlePortsOf(
  config: WorkerConfig,
  { sqs, clock, random }: WorkerPorts,
  reporter: Reporter,
): SettlePorts {
  return {
    sendDeadLetter: (deadLetter, id) => sendDeadLetter(sqs, config.deadLetterQueueUrl, deadLetter, id),
    delay: delays => delay(sqs, config.queueUrl, delays),
    deleteMessages: handles => deleteMessages(sqs, config.queueUrl, handles),
    ...{ clock, random, times: config.retry, reporter },
  }
}
