import { functions, metrics } from '../../lib/policy.ts'
import { isOnLoopback } from '../../lib/settings.ts'
import { type LocalCredentials, localRegion } from './local-aws.ts'
import type { PeopleTable } from './people-table.ts'
import type { Queues } from './queues.ts'
import type { FullOptions } from './relay-options.ts'
import type { SecretStore } from './secret-store.ts'

/** The names of the two secrets in the local secret store. */
export const secretIds = {
  webhook: 'kustomer-relay/local/webhook-secret',
  kustomer: 'kustomer-relay/local/kustomer-api-key',
}

/** The salt of a local relay's message groups. */
export const personSalt = 'local'

/** The addresses of the parts of a local relay. */
export interface Places {
  sqsEndpoint: string
  secretsEndpoint: string
  queueUrl: string
  deadLetterQueueUrl: string
  dynamoEndpoint: string
  peopleTable: string
  /** All parts accept them. */
  credentials: LocalCredentials
}

/** Returns the addresses of the running parts. */
export function placesOf(
  {
    endpoint,
    credentials,
    queueUrl,
    deadLetterQueueUrl,
  }: Pick<Queues, 'endpoint' | 'credentials' | 'queueUrl' | 'deadLetterQueueUrl'>,
  people: Pick<PeopleTable, 'endpoint' | 'tableName'>,
  secretStore: Pick<SecretStore, 'url'>,
): Places {
  return {
    ...{ sqsEndpoint: endpoint, queueUrl, deadLetterQueueUrl },
    ...{ dynamoEndpoint: people.endpoint, peopleTable: people.tableName },
    secretsEndpoint: secretStore.url,
    credentials,
  }
}

type Environment = Record<string, string>

/** Returns the ingest function's whole environment: variables of the stack and of Lambda, AWS endpoints on loopback. */
export function ingestEnvironment(places: Places): Environment {
  return { ...common('ingest', places), WEBHOOK_SECRET_ID: secretIds.webhook }
}

/** Returns the worker function's whole environment, like `ingestEnvironment`. */
export function workerEnvironment(places: Places, options: FullOptions): Environment {
  return {
    ...common('worker', places),
    KUSTOMER_API_KEY_SECRET_ID: secretIds.kustomer,
    PEOPLE_TABLE: places.peopleTable,
    AWS_ENDPOINT_URL_DYNAMODB: places.dynamoEndpoint,
    SETTINGS: JSON.stringify(options.settings ?? {}),
    ...(options.kustomerBaseUrl && { KUSTOMER_BASE_URL: options.kustomerBaseUrl }),
    ALLOW_OTHER_HOSTS: String(options.allowOtherHosts || isOnLoopback(options.kustomerBaseUrl ?? '')),
    KUSTOMER_REQUESTS_PER_MINUTE: String(options.requestsPerMinute),
    KUSTOMER_SHARE: String(options.share),
    WORKER_CONCURRENCY: String(options.workerConcurrency),
    BACKOFF_BASE_SECONDS: String(options.backoffBaseSeconds),
    BACKOFF_MAX_SECONDS: String(options.backoffMaxSeconds),
    GIVE_UP_AFTER_SECONDS: String(options.giveUpAfterSeconds),
    RESEND_UNCHANGED_AFTER_HOURS: String(options.resendUnchangedAfterHours),
  }
}

function common(name: 'ingest' | 'worker', places: Places): Environment {
  return {
    QUEUE_URL: places.queueUrl,
    DEAD_LETTER_QUEUE_URL: places.deadLetterQueueUrl,
    PERSON_SALT: personSalt,
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: metrics.namespace,
    POWERTOOLS_LOG_LEVEL: 'INFO',
    NODE_OPTIONS: '--enable-source-maps',
    AWS_ENDPOINT_URL_SQS: places.sqsEndpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: places.secretsEndpoint,
    AWS_REGION: localRegion,
    AWS_ACCESS_KEY_ID: places.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: places.credentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_LAMBDA_FUNCTION_NAME: `kustomer-relay-local-${name}`,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(functions[name].memoryMb),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    TZ: ':UTC',
  }
}
