import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import { inject } from 'vitest'
import { functions } from '../../lib/policy.ts'
import { startKustomerStandIn } from '../../tools/kustomer-stand-in/server.ts'
import type { StandIn } from '../../tools/kustomer-stand-in/types.ts'
import { type Container, startContainer } from '../../tools/local-relay/container.ts'
import { startEventSource } from '../../tools/local-relay/event-source.ts'
import { secretIds, workerEnvironment } from '../../tools/local-relay/function-environment.ts'
import { withDefaults } from '../../tools/local-relay/relay-options.ts'
import { worker as functionName, logName, peopleTable, queueUrl } from './relay-on-moto.ts'

/** The deployed worker, which works on moto's queues and table and writes to its log. */
export interface WorkerOnMoto {
  standIn: StandIn
  /** Gives the function other settings, as a deployment does. */
  deploy: Container['renew']
  stop(): Promise<void>
}

/** Starts the worker's bundle for the stack on moto, with a Kustomer stand-in. `salt` is the stack's id. */
export async function startWorkerOnMoto(salt: string, settings: object): Promise<WorkerOnMoto> {
  const endpoint = process.env.AWS_ENDPOINT_URL ?? ''
  const standIn = await startKustomerStandIn({})
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = process.env
  const places = {
    ...{ sqsEndpoint: endpoint, secretsEndpoint: endpoint, dynamoEndpoint: endpoint, peopleTable },
    ...{ queueUrl: queueUrl('events'), deadLetterQueueUrl: queueUrl('dead') },
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  }
  const secrets = new SecretsManagerClient({})
  await secrets.send(new CreateSecretCommand({ Name: secretIds.kustomer, SecretString: standIn.apiKey }))
  await setVariables({ SETTINGS: JSON.stringify(settings) })
  const options = withDefaults({ kustomerBaseUrl: standIn.url, settings })
  const worker = await startContainer(
    {
      bundle: inject('bundles').worker,
      env: { ...workerEnvironment(places, options), PERSON_SALT: salt },
      timeoutSeconds: functions.worker.timeoutSeconds,
      log: logWriter(),
      onNote() {},
    },
    () => {},
  )
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
  const source = startEventSource({
    queues: { sqs, queueUrl: places.queueUrl, pollSeconds: 1 },
    workers: [worker],
    onDone() {},
    onFault() {},
  })
  return {
    standIn,
    async deploy(env) {
      await setVariables(env)
      await worker.renew(env)
    },
    async stop() {
      await Promise.all([worker.stop(), source.stop(), standIn.close()])
    },
  }
}

/** Sets variables of the function on moto, as a deployment does. */
async function setVariables(changed: Record<string, string>): Promise<void> {
  const lambda = new LambdaClient({})
  const { Environment } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  )
  const Variables = { ...Environment?.Variables, ...changed }
  await lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: functionName, Environment: { Variables } }),
  )
}

/** Writes what the function logs to its log group, as Lambda does. */
function logWriter() {
  const logs = new CloudWatchLogsClient({})
  let last: Promise<unknown> = Promise.resolve()
  return (text: Buffer) => {
    const messages = text
      .toString()
      .split('\n')
      .filter(line => line !== '')
    const logEvents = messages.map(message => ({ timestamp: Date.now(), message }))
    last = last
      .then(() => logs.send(new PutLogEventsCommand({ ...logName, logEvents })))
      .catch(() => undefined)
  }
}
