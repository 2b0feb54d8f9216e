import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { Settings } from '../../lib/index.ts'
import type { Queues } from '../dead-letters/queues.ts'
import { readStack } from '../dead-letters/read-stack.ts'
import type { PeopleAccess } from '../dead-letters/relay-access.ts'
import { openRelay } from '../dead-letters/targets.ts'
import { findLocalFile } from '../local-relay/find-local-file.ts'
import type { CommandIo } from '../terminal/command-io.ts'

/** The value of a secret, or why it could not be read. The value is never printed. */
export type SecretResult = { value: string } | { fault: string }

/** The relay that is checked, deployed or local. */
export interface Subject {
  name: string
  /** The name of the stack, for its alarms. Missing for a local relay. */
  stack?: string
  webhookUrl: string
  kustomerBaseUrl: string
  /** Whether a stand-in of this machine is there. */
  isKustomerSimulated?: boolean
  queues: Queues
  people?: PeopleAccess
  settings?: Settings
  /** Requests per minute of the whole organisation, as configured. */
  requestsPerMinute?: number
  alarmTopicArn?: string
  /** The version of the release that was deployed last: of both functions. */
  deployedVersion?: string
  webhookSecret(): Promise<SecretResult>
  kustomerKey(): Promise<SecretResult>
}

/**
 * Finds the local relay that runs in the folder `cwd`. Its secrets come from `WEBHOOK_SECRET` and `KUSTOMER_API_KEY`,
 * as for `npm start`.
 * @throws Error that says what to do if no relay runs.
 */
export async function localSubject({ env, cwd }: Pick<CommandIo, 'cwd' | 'env'>): Promise<Subject> {
  const { queues, people, settings } = await openRelay({ local: true }, { env, cwd })
  const file = findLocalFile({ env, cwd })
  const kustomerBaseUrl = file?.kustomerUrl ?? env.KUSTOMER_BASE_URL
  if (!file || !kustomerBaseUrl) throw new Error('Set KUSTOMER_BASE_URL to the same value as for npm start')
  const limit = await limitOf(file.url)
  return {
    name: 'the local relay',
    webhookUrl: `${file.url}/v1/events`,
    kustomerBaseUrl,
    isKustomerSimulated: file.kustomerUrl !== undefined,
    queues,
    ...(people && { people }),
    ...(settings && { settings }),
    ...(limit !== undefined && { requestsPerMinute: limit }),
    webhookSecret: async () => ({ value: env.WEBHOOK_SECRET ?? 'local-secret' }),
    kustomerKey: async () => ({ value: env.KUSTOMER_API_KEY ?? 'local-key' }),
  }
}

/** The configured rate limit of a local relay. Undefined if it does not answer. */
async function limitOf(url: string): Promise<number | undefined> {
  const setup: unknown = await fetch(`${url}/local/setup`).then(
    answer => (answer.ok ? answer.json() : undefined),
    () => undefined,
  )
  const { requestsPerMinute: limit } = (setup ?? {}) as { requestsPerMinute?: unknown }
  return typeof limit === 'number' ? limit : undefined
}

/**
 * Finds a deployed stack by its outputs. Region and credentials come from the usual AWS sources.
 * @throws Error that says what to do if the stack cannot be found or is not a relay.
 */
export async function stackSubject(stack: string, io: Pick<CommandIo, 'cwd' | 'env'>): Promise<Subject> {
  const deployed = await readStack(stack)
  const output = (key: string) => {
    const value = deployed.output(key)
    if (!value) throw new Error(`The stack ${stack} has no output ${key}: is it the stack of a relay?`)
    return value
  }
  const secrets = new SecretsManagerClient({})
  const read = (id: string) => async (): Promise<SecretResult> => {
    try {
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: id }))
      return SecretString?.trim() ? { value: SecretString.trim() } : { fault: `${id} is blank` }
    } catch (error) {
      return { fault: `${id}: ${error instanceof Error ? error.name : 'cannot be read'}` }
    }
  }
  const { queues, people, settings } = await openRelay({ stack }, io)
  const [limit, alarmTopicArn, deployedVersion] = ['RequestsPerMinute', 'AlarmTopicArn', 'Version'].map(key =>
    deployed.output(key),
  )
  return {
    name: `the stack ${stack}`,
    stack,
    webhookUrl: output('WebhookUrl'),
    kustomerBaseUrl: output('KustomerBaseUrl'),
    queues,
    ...(people && { people }),
    ...(settings && { settings }),
    ...(limit && { requestsPerMinute: Number(limit) }),
    ...(alarmTopicArn && { alarmTopicArn }),
    ...(deployedVersion && { deployedVersion }),
    webhookSecret: read(output('WebhookSecretName')),
    kustomerKey: read(output('KustomerKeySecretName')),
  }
}
