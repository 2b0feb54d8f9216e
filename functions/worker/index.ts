import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { createRateTable } from '../../lib/kustomer/rate-table.ts'
import { createTransport } from '../../lib/kustomer/transport.ts'
import { createTableStore } from '../../lib/people/table-store.ts'
import { aws, http, tableClient } from '../../lib/policy.ts'
import { systemClock as clock } from '../../lib/runtime/clock.ts'
import { powertoolsMetrics } from '../../lib/runtime/metrics.ts'
import { secretStore } from '../../lib/runtime/secret-store.ts'
import { readWorkerConfig } from '../../lib/worker/config.ts'
import { createWorker } from '../../lib/worker/create-worker.ts'

const config = readWorkerConfig(process.env)
const { peopleTable } = config
const worker = createWorker(config, {
  ...(peopleTable && storesIn(peopleTable)),
  sqs: new SQSClient(aws),
  fetchKey: secretStore(config.keyId, new SecretsManagerClient(aws)),
  createTransport: () => createTransport(http.maxAnswerBytes),
  clock,
  random: Math.random,
  metrics: powertoolsMetrics(new Metrics()),
  log: new Logger(),
})

/**
 * The worker function: takes an SQS batch and returns the messages to retry. `worker` lives as long as the container.
 */
export function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return worker(event, context.getRemainingTimeInMillis())
}

/** The stores in the table: the person records and, in one item, the rate limit of all containers. */
function storesIn(table: string) {
  const dynamo = new DynamoDBClient(tableClient)
  return { peopleStore: createTableStore(dynamo, table, clock), rateStore: createRateTable(dynamo, table) }
}
