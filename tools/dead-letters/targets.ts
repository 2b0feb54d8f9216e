import { join } from 'node:path'
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs'
import { aws } from '../../lib/policy.ts'
import { defaultDataDir, localFilePath, readLocalFile } from '../local-relay/local-file.ts'
import type { Queues } from './queues.ts'

/** The queues to use: those of the local relay, of a deployed stack, or of two URLs. Only one of the three is set. */
export interface Target {
  local?: boolean | undefined
  stack?: string | undefined
  queueUrl?: string | undefined
  dlqUrl?: string | undefined
}

/**
 * Finds the queues and creates a client for them. Credentials and region come from the usual AWS sources, but a region
 * in the queue's URL has priority. `cwd` is the folder in which the local relay runs. It does not call the queues.
 * @throws Error that says what to do if the target is invalid or cannot be found.
 */
export async function openQueues(target: Target, cwd: string): Promise<Queues> {
  const { local, stack, queueUrl, dlqUrl } = target
  const given = [local, stack, queueUrl ?? dlqUrl].filter(one => one !== undefined && one !== false)
  if (given.length !== 1)
    throw new Error('Say which queues: --local, --stack NAME, or --queue-url URL with --dlq-url URL')
  if (local) return localQueues(cwd)
  const urls = stack === undefined ? { queueUrl, deadLetterQueueUrl: dlqUrl } : await urlsOfStack(stack)
  if (!urls.queueUrl || !urls.deadLetterQueueUrl)
    throw new Error('--queue-url and --dlq-url must be used together')
  if (urls.queueUrl === urls.deadLetterQueueUrl)
    throw new Error('The queue and the dead-letter queue are the same')
  const region = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\./.exec(urls.deadLetterQueueUrl)?.[1]
  return {
    sqs: clientFor({ ...(region && { region }) }),
    queueUrl: urls.queueUrl,
    deadLetterQueueUrl: urls.deadLetterQueueUrl,
  }
}

async function localQueues(cwd: string): Promise<Queues> {
  const relay = readLocalFile(join(cwd, defaultDataDir))
  if (!relay)
    throw new Error(
      `No local relay runs here (no ${localFilePath(defaultDataDir)}): start one with npm start`,
    )
  const { endpoint, queueUrl, deadLetterQueueUrl } = relay
  const isUp = await fetch(endpoint).then(
    () => true,
    () => false,
  )
  if (!isUp)
    throw new Error(
      `The local relay of ${localFilePath(defaultDataDir)} is no longer running: start one with npm start`,
    )
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  return { sqs: clientFor({ endpoint, credentials, region: 'us-east-1' }), queueUrl, deadLetterQueueUrl }
}

async function urlsOfStack(name: string) {
  // Loaded only here, because it is slow to load and only this target needs it.
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation')
  const client = new CloudFormationClient({})
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }))
  const outputOf = (key: string) => Stacks?.[0]?.Outputs?.find(one => one.OutputKey === key)?.OutputValue
  const urls = { queueUrl: outputOf('QueueUrl'), deadLetterQueueUrl: outputOf('DeadLetterQueueUrl') }
  if (!urls.queueUrl || !urls.deadLetterQueueUrl)
    throw new Error(
      `The stack ${name} has no outputs QueueUrl and DeadLetterQueueUrl: is it the stack of a relay?`,
    )
  return urls
}

/** Longer timeouts than the functions' client: a slow answer is better here than a failed replay. */
function clientFor(config: SQSClientConfig) {
  const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000 }
  return new SQSClient({
    ...config,
    requestHandler,
    maxAttempts: 3,
    useQueueUrlAsEndpoint: aws.useQueueUrlAsEndpoint,
  })
}
