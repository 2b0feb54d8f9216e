import { join } from 'node:path'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { Queues } from '../dead-letters/queues.ts'
import { openQueues } from '../dead-letters/targets.ts'
import { defaultDataDir, readLocalFile } from '../local-relay/local-file.ts'
import type { CommandIo } from '../terminal/command-io.ts'

/** A secret as the doctor sees it: its value, or why there is none. The value is never shown. */
export type Looked = { value: string } | { fault: string }

/** The relay that is looked at, deployed or on this machine. */
export interface Subject {
  name: string
  /** The stack's name where there is a stack, for its alarms. */
  stack?: string
  webhookUrl: string
  kustomerBaseUrl: string
  queues: Queues
  webhookSecret(): Promise<Looked>
  kustomerKey(): Promise<Looked>
}

/**
 * The local relay that runs in the folder `cwd`. Secrets are those of `npm start`: `WEBHOOK_SECRET` and `KUSTOMER_API_KEY`.
 * @throws Error that says what to do where none runs.
 */
export async function localSubject(env: CommandIo['env'], cwd: string): Promise<Subject> {
  const queues = await openQueues({ local: true }, cwd)
  const file = readLocalFile(join(cwd, defaultDataDir))
  const kustomerBaseUrl = file?.kustomerUrl ?? env.KUSTOMER_BASE_URL
  if (!file || !kustomerBaseUrl) throw new Error('Set KUSTOMER_BASE_URL as the relay has it')
  return {
    name: 'the local relay',
    webhookUrl: `${file.url}/v1/events`,
    kustomerBaseUrl,
    queues,
    webhookSecret: async () => ({ value: env.WEBHOOK_SECRET ?? 'local-secret' }),
    kustomerKey: async () => ({ value: env.KUSTOMER_API_KEY ?? 'local-key' }),
  }
}

/**
 * A deployed stack, by its outputs; region and credentials are AWS's usual ones.
 * @throws Error that says what to do where it cannot be found or is no relay.
 */
export async function stackSubject(stack: string, cwd: string): Promise<Subject> {
  const { Stacks } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: stack }))
  const outputs = Stacks?.[0]?.Outputs ?? []
  const output = (key: string) => {
    const value = outputs.find(one => one.OutputKey === key)?.OutputValue
    if (!value) throw new Error(`The stack ${stack} has no output ${key}: is it a relay's?`)
    return value
  }
  const secrets = new SecretsManagerClient({})
  const look = (id: string) => async (): Promise<Looked> => {
    try {
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: id }))
      return SecretString?.trim() ? { value: SecretString.trim() } : { fault: `${id} is blank` }
    } catch (error) {
      return { fault: `${id}: ${error instanceof Error ? error.name : 'cannot be read'}` }
    }
  }
  return {
    name: `the stack ${stack}`,
    stack,
    webhookUrl: output('WebhookUrl'),
    kustomerBaseUrl: output('KustomerBaseUrl'),
    queues: await openQueues({ queueUrl: output('QueueUrl'), dlqUrl: output('DeadLetterQueueUrl') }, cwd),
    webhookSecret: look(output('WebhookSecretName')),
    kustomerKey: look(output('KustomerKeySecretName')),
  }
}
