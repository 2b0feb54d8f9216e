import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'

/**
 * Runs `npm run smoke:deploy`: deploys the stack to an AWS emulator on loopback (moto). The steps are bootstrap,
 * deploy, diff (no differences) and destroy (nothing left). Returns the exit code 0; throws if a step fails.
 *
 * moto creates queues, functions, roles and the event source. It accepts the API, the alarms and the queue policies but
 * does not create them. It does not support secrets, so the stage uses existing ones.
 */
export async function main(_argv: string[], { out }: CommandIo): Promise<number> {
  const hasMoto = spawnSync('python3', ['-c', 'import moto.server']).status === 0
  if (!hasMoto) printLine(out, "smoke:deploy skipped: no moto here (pip install 'moto[server]')")
  else await smoke(out)
  return 0
}

async function smoke(out: Output) {
  const folder = mkdtempSync(join(tmpdir(), 'relay-deploy-'))
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify(smokeStage()))
  const moto = await startMoto()
  try {
    const sqs = new SQSClient({ ...moto.aws, useQueueUrlAsEndpoint: false })
    const cdk = (...args: string[]) => printLine(out, run(args, folder, moto.environment))
    cdk('bootstrap')
    const outputsFile = join(folder, 'outputs.json')
    cdk('deploy', '--method', 'direct', '--require-approval', 'never', '--outputs-file', outputsFile)
    await expectQueues(sqs, JSON.parse(readFileSync(outputsFile, 'utf8'))['kustomer-relay-smoke'])
    // Compares templates: moto never finishes a change set without changes.
    cdk('diff', '--fail', '--no-change-set')
    cdk('destroy', '--force')
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand())
    if (QueueUrls.length > 0) throw new Error(`destroy left ${QueueUrls.join(', ')}`)
    printLine(out, 'smoke:deploy passed: bootstrap, deploy, diff (no differences), destroy (nothing left)')
  } finally {
    moto.stop()
    rmSync(folder, { recursive: true })
  }
}

/** Returns the project's `cdk.json` with one stage for this test, for a run of the CDK in another folder. */
function smokeStage() {
  const project = JSON.parse(readFileSync('cdk.json', 'utf8'))
  const stages = { smoke: { secrets: { webhook: 'smoke/webhook', kustomerKey: 'smoke/kustomer-api-key' } } }
  const app = `node ${resolve('infra/app.ts')}`
  return { ...project, app, context: { ...project.context, stage: 'smoke', stages } }
}

/** Starts moto on a free port of loopback. Resolves when moto has printed its port. */
async function startMoto() {
  const child = spawn('python3', ['-u', '-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const port = await new Promise<string>((found, failed) => {
    child.once('exit', code => failed(new Error(`moto ended with ${code}`)))
    createInterface(child.stderr).on('line', line => {
      const [, digits] = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(line) ?? []
      if (digits) found(digits)
    })
  })
  // A host name and not an address, because S3 buckets are called at bucket.localhost.
  const endpoint = `http://localhost:${port}`
  const credentials = { accessKeyId: 'smoke', secretAccessKey: 'smoke' }
  return {
    aws: { endpoint, credentials, region: 'us-east-1' },
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      // Ignores the user's AWS profile, which may belong to a real account.
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_PROFILE: undefined,
    },
    stop: () => child.kill(),
  }
}

/** Runs the CDK. Returns a line with the time it took. */
function run(args: string[], folder: string, environment: NodeJS.ProcessEnv): string {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve('node_modules/aws-cdk/bin/cdk'), ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}`,
        ...environment,
      },
    },
  )
  if (status !== 0) throw new Error(`cdk ${args[0]} ended with ${status}\n${stdout}${stderr}`)
  return `cdk ${args[0]}: ${((performance.now() - started) / 1000).toFixed(1)} s`
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
