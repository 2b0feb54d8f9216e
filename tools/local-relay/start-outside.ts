import { startKustomerStandIn } from '../kustomer-stand-in/server.ts'
import { secretIds } from './function-environment.ts'
import { startPeopleTable } from './people-table.ts'
import { startQueues } from './queues.ts'
import type { FullOptions } from './relay-options.ts'
import { startSecretStore } from './secret-store.ts'

/**
 * Starts what the functions find around them: queues, person records, secrets, Kustomer (a stand-in, or the
 * one that the options name).
 * Adds to `closing` what ends each part, as soon as it runs.
 */
export async function startOutside(options: FullOptions, closing: (() => unknown)[]) {
  const { webhookSecret, kustomerApiKey, requestsPerMinute } = options
  const queues = await startQueues(options.visibilitySeconds, options.sqsEndpoint)
  closing.push(queues.close)
  const people = await startPeopleTable()
  closing.push(people.close)
  const secretStore = await startSecretStore({
    [secretIds.webhook]: webhookSecret,
    [secretIds.kustomer]: kustomerApiKey,
  })
  closing.push(secretStore.close)
  if (options.kustomerBaseUrl)
    return { queues, people, secretStore, kustomerBaseUrl: options.kustomerBaseUrl }
  const standIn = await startKustomerStandIn({
    apiKey: kustomerApiKey,
    requestsPerMinute,
    ...options.standIn,
  })
  closing.push(() => standIn.close())
  return { queues, people, secretStore, standIn, kustomerBaseUrl: standIn.url }
}
