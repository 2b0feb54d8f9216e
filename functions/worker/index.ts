import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { deliver } from '../../lib/delivery/deliver.ts'
import { createKustomerClient } from '../../lib/kustomer/client.ts'
import { endpoints } from '../../lib/kustomer/endpoints.ts'
import { createPace } from '../../lib/kustomer/rate-limiter.ts'
import { createTransport } from '../../lib/kustomer/transport.ts'
import { createDirectory } from '../../lib/people/directory.ts'
import { createMisses } from '../../lib/people/misses.ts'
import { aws, http } from '../../lib/policy.ts'
import { bury, delay } from '../../lib/queue/sqs.ts'
import { systemClock as clock } from '../../lib/runtime/clock.ts'
import { powertoolsMeter } from '../../lib/runtime/metrics.ts'
import { secretStore } from '../../lib/runtime/secret-store.ts'
import { createSecret } from '../../lib/runtime/secrets.ts'
import { readWorkerConfig } from '../../lib/settings.ts'
import { transform } from '../../lib/transform/index.ts'
import { work } from '../../lib/worker/process-batch.ts'
import { createReport } from '../../lib/worker/report.ts'
import { createSettle } from '../../lib/worker/settle.ts'

const config = readWorkerConfig(process.env)
const sqs = new SQSClient(aws)
const key = createSecret(secretStore(config.keyId, new SecretsManagerClient(aws), clock).current, clock)
const pace = createPace(config.requestsPerMinute, clock)
const directory = createDirectory()
const meter = powertoolsMeter(new Metrics())
const report = createReport(new Logger(), meter, clock)
const settle = createSettle({
  bury: (letter, id) => bury(sqs, config.deadLetterQueueUrl, letter, id),
  delay: delays => delay(sqs, config.queueUrl, delays),
  clock,
  random: Math.random,
  times: config.retry,
  report,
})
const kustomer = endpoints(config.settings.baseEndpoint)

/** The worker function: an SQS batch in, the messages that are not done out. What it builds above lives as long as the container. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const deadlineMs = clock.now() + context.getRemainingTimeInMillis()
  const transport = createTransport(http.maxAnswerBytes)
  const requests = createKustomerClient({ pace, transport, key, clock, deadlineMs })
  const misses = createMisses()
  try {
    await key.get()
    return await work(event.Records, {
      transform: one => transform(one, config.settings),
      deliver: (call, opened) =>
        deliver(call, {
          request: requests(made => report.call(made, opened)),
          endpoints: kustomer,
          directory,
          misses,
          clock,
        }),
      settle,
    })
  } finally {
    transport.close()
    meter.flush()
  }
}
