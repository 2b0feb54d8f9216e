import { version } from '../../lib/policy.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { type Check, createCheck } from './create-check.ts'
import { type Lambda, startLambda } from './lambda.ts'
import { installRuntimeClient, whyNotBuilt } from './runtime-client.ts'
import { startSurroundings } from './surroundings.ts'

const secret = 'smoke-secret'
const ample = 30_000

/**
 * Runs `npm run smoke:runtime`: both bundles under Lambda's own runtime client, fed with the events of API Gateway and
 * SQS. Gives the exit code, 0; throws where a check fails.
 */
export async function main(_argv: string[], io: CommandIo): Promise<number> {
  const reason = whyNotBuilt()
  if (reason) printLine(io.out, `smoke:runtime skipped: ${reason}`)
  else await smoke(installRuntimeClient(), createCheck(io.out))
  if (!reason) printLine(io.out, 'smoke:runtime passed')
  return 0
}

async function smoke(client: string, check: Check) {
  const around = await startSurroundings(secret)
  const running: Lambda[] = []
  const start = async (name: 'ingest' | 'worker') => {
    const lambda = await startLambda(client, around.bundles[name], around.environments[name])
    running.push(lambda)
    return lambda
  }
  try {
    await atTheWebhook(check, await start('ingest'))
    const batch = await around.receive()
    check('the queue has it', batch.Records.length, 1)
    await atTheQueue(check, await start('worker'), batch, around.standIn)
    await inTrouble(check, start, batch, around.secretStore)
  } finally {
    await Promise.all(running.map(lambda => lambda.stop()))
    await around.close()
  }
}

type Around = Awaited<ReturnType<typeof startSurroundings>>
type Batch = Awaited<ReturnType<Around['receive']>>

async function atTheWebhook(check: Check, ingest: Lambda) {
  const health = await ingest.invoke(gateway('GET', '/health'), ample)
  check('GET /health tells the version', answer(health), { status: 200, body: { status: 'ok', version } })
  const event = { type: 'identify', userId: 'u1', messageId: 'm1', traits: { email: 'a@example.com' } }
  const queued = await ingest.invoke(gateway('POST', '/v1/events', event), ample)
  check('an event is queued', answer(queued), { status: 202, body: { status: 'queued', messageId: 'm1' } })
  const stranger = await ingest.invoke(gateway('POST', '/v1/events', event, 'guessed'), ample)
  check('a stranger is refused', answer(stranger).status, 401)
  checkOutput(check, ingest)
}

async function atTheQueue(check: Check, worker: Lambda, batch: Batch, standIn: Around['standIn']) {
  const failures = batch.Records.map(({ messageId }) => ({ itemIdentifier: messageId }))
  const hurried = await worker.invoke(batch, 5_000)
  check('with too little time the batch is handed back', hurried, {
    kind: 'answered',
    value: { batchItemFailures: failures },
  })
  check('and Kustomer was not called', standIn.requests.length, 0)
  const done = await worker.invoke(batch, ample)
  check('with time it is delivered', done, { kind: 'answered', value: { batchItemFailures: [] } })
  check(
    'Kustomer has the customer',
    standIn.customers().map(({ attributes }) => attributes.externalId),
    ['u1'],
  )
  checkOutput(check, worker)
}

/** A container that is new has no key yet: a store that fails makes its handler throw, a silent one makes it late. */
async function inTrouble(
  check: Check,
  start: (name: 'worker') => Promise<Lambda>,
  batch: Batch,
  store: Around['secretStore'],
) {
  store.switchTo('down')
  const thrown = await (await start('worker')).invoke(batch, ample)
  check('a handler that throws is an error of the function', thrown.kind, 'failed')
  store.switchTo('silent')
  const late = await (await start('worker')).invoke(batch, 1_000)
  check('a handler that is too late is ended', late.kind, 'timedOut')
  store.switchTo('up')
  const again = await (await start('worker')).invoke(batch, ample)
  check('and its batch is done by the next container', again, {
    kind: 'answered',
    value: { batchItemFailures: [] },
  })
}

/** CloudWatch reads metrics out of lines that are JSON with `_aws` at the top, whatever the log format. */
function checkOutput(check: Check, { lines }: Lambda) {
  const parsed = lines.map(line => JSON.parse(line))
  check(
    'metrics are written as CloudWatch reads them',
    parsed.some(line => '_aws' in line),
    true,
  )
}

function gateway(method: string, path: string, body?: unknown, token = secret) {
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    requestContext: { http: { method, path, sourceIp: '127.0.0.1' }, requestId: 'smoke', stage: '$default' },
    isBase64Encoded: false,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
}

function answer(said: Awaited<ReturnType<Lambda['invoke']>>) {
  if (said.kind !== 'answered') throw new Error(`no answer: ${JSON.stringify(said)}`)
  const { statusCode, body } = Object(said.value)
  return { status: statusCode, body: JSON.parse(body) }
}
