import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { runCdk } from './run-cdk.ts'
import { runSmoke } from './run-smoke.ts'
import { type SmokeStage, smokeCdkJson } from './smoke-stages.ts'
import { startMoto } from './start-moto.ts'

const about = {
  name: 'smoke:deploy',
  summary:
    'Deploys the stack to an AWS emulator on loopback (moto): a first creation that fails, a second one, and a second stage with every option beside it. Compares both with the code, and destroys them.',
}

/**
 * Runs `npm run smoke:deploy`: bootstraps, deploys, compares (no differences) and destroys (nothing left). Returns the
 * exit code.
 *
 * moto creates queues, tables, functions, roles, topics, log groups and the event source. It accepts the API, the alarms
 * and the queue policies but does not create them. It knows no secrets and rolls nothing back.
 */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  return runSmoke(argv, io, about, async () => {
    const hasMoto = spawnSync('python3', ['-c', 'import moto.server']).status === 0
    if (!hasMoto) printLine(io.out, "smoke:deploy skipped: no moto here (pip install 'moto[server]')")
    else await smoke(io.out)
  })
}

async function smoke(out: Output) {
  const folder = mkdtempSync(join(tmpdir(), 'relay-deploy-'))
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify(smokeCdkJson()))
  const moto = await startMoto()
  try {
    const cdk = cdkIn(folder, moto.environment, out)
    const account = accountOf(moto.aws)
    cdk('bootstrap')
    await failFirst(cdk, account)
    await expectQueues(account.sqs, cdk.deploy('smoke'))
    await expectQueues(account.sqs, cdk.deploy('everything'))
    for (const stage of ['smoke', 'everything'] as const) {
      // Compares templates: moto never finishes a change set without changes.
      cdk('diff', '--context', `stage=${stage}`, '--fail', '--no-change-set')
    }
    cdk('destroy', '--context', 'stage=everything', '--force')
    await expectQueues(account.sqs, cdk.deploy('smoke'))
    cdk('destroy', '--context', 'stage=smoke', '--force')
    await account.expectNothing()
    printLine(
      out,
      'smoke:deploy passed: a failed creation, its repetition, a second stage with every option, diff (no differences), destroy (nothing left)',
    )
  } finally {
    moto.stop()
    rmSync(folder, { recursive: true })
  }
}

/** Runs the CDK and prints the time of each run. A run that fails throws, with what it printed. */
function cdkIn(folder: string, environment: NodeJS.ProcessEnv, out: Output) {
  const cdk = (...args: string[]) => {
    const { status, output, seconds } = runCdk(args, folder, environment)
    if (status !== 0) throw new Error(`cdk ${args.join(' ')} ended with ${status}\n${output}`)
    printLine(out, `cdk ${args[0]}${args[2] ? ` ${args[2]}` : ''}: ${seconds} s`)
  }
  const deployArgs = (stage: SmokeStage) => [
    'deploy',
    '--context',
    `stage=${stage}`,
    '--method',
    'direct',
    '--require-approval',
    'never',
  ]
  return Object.assign(cdk, {
    /** Deploys a stage and returns the stack's outputs. */
    deploy(stage: SmokeStage): Record<string, string> {
      const file = join(folder, 'outputs.json')
      cdk(...deployArgs(stage), '--outputs-file', file)
      return JSON.parse(readFileSync(file, 'utf8'))[`kustomer-relay-${stage}`]
    },
    /** Deploys a stage and expects that it fails, with these words. */
    expectFailure(stage: SmokeStage, words: RegExp) {
      const { status, output, seconds } = runCdk(deployArgs(stage), folder, environment)
      if (status === 0 || !words.test(output))
        throw new Error(`the deployment did not fail as expected\n${output}`)
      printLine(out, `cdk deploy stage=${stage}: ${seconds} s, failed on purpose`)
    },
  })
}

/** What the smoke test looks at and does in the emulated account. */
function accountOf(aws: Awaited<ReturnType<typeof startMoto>>['aws']) {
  const sqs = new SQSClient({ ...aws, useQueueUrlAsEndpoint: false })
  const dynamo = new DynamoDBClient(aws)
  const cloudFormation = new CloudFormationClient(aws)
  return {
    sqs,
    /** Deletes what a stack has created, as CloudFormation does when a creation fails, except what is retained even then. */
    rollBack: (stack: string) => cloudFormation.send(new DeleteStackCommand({ StackName: stack })),
    async expectNothing() {
      const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand())
      const { TableNames = [] } = await dynamo.send(new ListTablesCommand())
      const left = [...QueueUrls, ...TableNames]
      if (left.length > 0) throw new Error(`left: ${left.join(', ')}`)
    },
  }
}

/**
 * Lets the first creation fail, on a queue of another owner with the same name. Nothing of it may be left, so that the
 * next deployment finds every name free. moto has no rollback: the test deletes what the template does not retain.
 */
async function failFirst(cdk: ReturnType<typeof cdkIn>, account: ReturnType<typeof accountOf>) {
  const QueueName = 'kustomer-relay-smoke.fifo'
  const Attributes = { FifoQueue: 'true', VisibilityTimeout: '7' }
  const { QueueUrl } = await account.sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
  cdk.expectFailure('smoke', /QueueAlreadyExists|already exists|QueueNameExists/i)
  await account.sqs.send(new DeleteQueueCommand({ QueueUrl }))
  await account.rollBack('kustomer-relay-smoke')
  await account.expectNothing()
}

/** Checks the queues: two FIFO queues, and one is the dead-letter queue of the other. */
async function expectQueues(sqs: SQSClient, outputs: Record<string, string>) {
  const attributes = async (QueueUrl: string | undefined) =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes ?? {}
  const [queue, dead] = [await attributes(outputs.QueueUrl), await attributes(outputs.DeadLetterQueueUrl)]
  const redrive = JSON.parse(queue.RedrivePolicy ?? '{}')
  if (queue.FifoQueue !== 'true' || dead.FifoQueue !== 'true') throw new Error('a queue is not FIFO')
  if (redrive.deadLetterTargetArn !== dead.QueueArn)
    throw new Error('the queue has another dead-letter queue')
}
