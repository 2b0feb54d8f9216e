import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { readStack } from '../../dead-letters/read-stack.ts'
import type { RelayAccess } from '../../dead-letters/relay-access.ts'
import { openRelay } from '../../dead-letters/targets.ts'
import type { CommandIo } from '../../terminal/command-io.ts'
import { type FunctionConfig, readFunctionConfig } from './function-config.ts'

/** A deployed stack, with what the console reads from it. */
export interface OpenStack {
  name: string
  region: string
  webhookUrl: string
  /** The log group of the worker. */
  workerLog: string
  /** What was in force when it was read last. */
  config: FunctionConfig
  /** Reads `config` again: it may have been deployed meanwhile. */
  renew(): Promise<void>
  relay: RelayAccess & Required<Pick<RelayAccess, 'people'>>
  cloudWatch: CloudWatchClient
  logs: CloudWatchLogsClient
  /** Closes the clients. */
  close(): void
}

/**
 * Finds a stack and its parts. Region and credentials come from the usual AWS sources; nothing is changed.
 * @throws Error that says what to do if there is no such stack, or if it is not the stack of a relay.
 */
export async function openStack(name: string, io: Pick<CommandIo, 'cwd' | 'env'>): Promise<OpenStack> {
  const [relay, { output }, workerName] = await Promise.all([
    openRelay({ stack: name }, io),
    readStack(name),
    workerOf(name),
  ])
  const { people } = relay
  if (!people)
    throw new Error(`The stack ${name} has no output PeopleTable: deploy the current version first`)
  const clients = { cloudWatch: new CloudWatchClient({}), logs: new CloudWatchLogsClient({}) }
  const lambda = new LambdaClient({})
  const region = await lambda.config.region()
  const readConfig = () => readFunctionConfig(lambda, workerName)
  const stack: OpenStack = {
    ...{ name, region, ...clients },
    webhookUrl: output('WebhookUrl') ?? '',
    workerLog: `/aws/lambda/${workerName}`,
    config: await readConfig(),
    async renew() {
      stack.config = await readConfig()
    },
    relay: { ...relay, people },
    close() {
      relay.close()
      for (const client of [...Object.values(clients), lambda]) client.destroy()
    },
  }
  return stack
}

async function workerOf(name: string): Promise<string> {
  const client = new CloudFormationClient({})
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: name }))
  const worker = StackResources.find(
    ({ ResourceType, PhysicalResourceId = '' }) =>
      ResourceType === 'AWS::Lambda::Function' && PhysicalResourceId.endsWith('-worker'),
  )
  if (!worker?.PhysicalResourceId)
    throw new Error(`The stack ${name} has no worker function: is it the stack of a relay?`)
  return worker.PhysicalResourceId
}
