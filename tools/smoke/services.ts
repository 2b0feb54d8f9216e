import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { startKustomerStandIn } from '../kustomer-stand-in/server.ts'
import { buildBundles } from '../local-relay/build-bundles.ts'
import {
  ingestEnvironment,
  placesOf,
  secretIds,
  workerEnvironment,
} from '../local-relay/function-environment.ts'
import { newCredentials } from '../local-relay/local-aws.ts'
import { startPeopleTable } from '../local-relay/people-table.ts'
import { startQueues } from '../local-relay/queues.ts'
import { withDefaults } from '../local-relay/relay-options.ts'
import { startSecretStore } from '../local-relay/secret-store.ts'
import { sqsRecord } from '../local-relay/sqs-record.ts'

/** Builds the bundles and starts the services that they use, on loopback: queues, person records, secrets, Kustomer. */
export async function startServices(webhookSecret: string) {
  const folder = mkdtempSync(join(tmpdir(), 'relay-runtime-'))
  const bundles = await buildBundles(folder)
  const standIn = await startKustomerStandIn()
  const credentials = newCredentials()
  const queues = await startQueues(60, { credentials })
  const secretValues = { [secretIds.webhook]: webhookSecret, [secretIds.kustomer]: standIn.apiKey }
  const secretStore = await startSecretStore(secretValues, credentials)
  const people = await startPeopleTable({ credentials })
  const places = placesOf(queues, people, secretStore)
  // A very high rate limit: it is not tested here, and a token bucket starts empty.
  const options = withDefaults({ kustomerBaseUrl: standIn.url, requestsPerMinute: 60_000 })
  return {
    bundles,
    standIn,
    secretStore,
    queues,
    environments: { ingest: ingestEnvironment(places), worker: workerEnvironment(places, options) },
    /** Receives the next batch of the queue, in the shape of an event source. */
    async receive() {
      const { Messages = [] } = await queues.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queues.queueUrl,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['All'],
        }),
      )
      return { Records: Messages.map(message => sqsRecord(message, queues.queueUrl)) }
    },
    async close() {
      await Promise.all([queues.close(), people.close(), secretStore.close(), standIn.close()])
      rmSync(folder, { recursive: true })
    },
  }
}
