import { startKustomerStandIn } from '../kustomer-stand-in/server.ts'
import { secretIds } from './function-environment.ts'
import { newCredentials } from './local-aws.ts'
import { startPeopleTable } from './people-table.ts'
import { startQueues } from './queues.ts'
import type { FullOptions } from './relay-options.ts'
import { startSecretStore } from './secret-store.ts'
import type { RelayStorage } from './storage/open-storage.ts'
import { createStoredCustomers } from './storage/stored-customers.ts'

/**
 * Starts the services that the functions use: queues, person records, secrets, and a Kustomer stand-in unless the
 * options have Kustomer's URL. With `storage` they start with what it keeps. All AWS services have the same credentials,
 * made for this run.
 * As soon as a part runs, the function that ends it is added to `closing`.
 */
export async function startOutside(options: FullOptions, closing: (() => unknown)[], storage?: RelayStorage) {
  const { webhookSecret, kustomerApiKey, requestsPerMinute } = options
  const credentials = newCredentials()
  const queues = await startQueues(options.visibilitySeconds, {
    endpoint: options.sqsEndpoint,
    credentials,
    database: storage?.database,
  })
  closing.push(queues.close)
  const people = await startPeopleTable({ credentials, path: storage?.peoplePath })
  closing.push(people.close)
  const secretValues = { [secretIds.webhook]: webhookSecret, [secretIds.kustomer]: kustomerApiKey }
  const secretStore = await startSecretStore(secretValues, credentials)
  closing.push(secretStore.close)
  if (options.kustomerBaseUrl)
    return { queues, people, secretStore, kustomerBaseUrl: options.kustomerBaseUrl }
  const standIn = await startKustomerStandIn({
    apiKey: kustomerApiKey,
    requestsPerMinute,
    storage: storage && createStoredCustomers(storage.database),
    ...options.standIn,
  })
  closing.push(() => standIn.close())
  return { queues, people, secretStore, standIn, kustomerBaseUrl: standIn.url }
}
