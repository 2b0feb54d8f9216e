import { version } from '../../lib/policy.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { type Check, createCheck } from './create-check.ts'
import { type Lambda, startLambda } from './lambda.ts'
import { runSmoke } from './run-smoke.ts'
import { installRuntimeClient, whyNotBuilt } from './runtime-client.ts'
import { startServices } from './services.ts'

const secret = 'smoke-secret'
/** Milliseconds that are enough for every invocation. */
const longMs = 30_000

const about = {
  name: 'smoke:runtime',
  summary:
    "Runs both bundles under Lambda's runtime client, with events of API Gateway and SQS. Builds the client first: it needs cmake and g++.",
}

/** Runs `npm run smoke:runtime`: runs both bundles under Lambda's runtime client. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  return runSmoke(argv, io, about, async () => {
    const reason = whyNotBuilt()
    if (reason) return printLine(io.out, `smoke:runtime skipped: ${reason}`)
    await smoke(installRuntimeClient(), createCheck(io.out))
    printLine(io.out, 'smoke:runtime passed')
  })
}

async function smoke(client: string, check: Check) {
  const services = await startServices(secret)
  const running: Lambda[] = []
  const start = async (name: 'ingest' | 'worker') => {
    const lambda = await startLambda(client, services.bundles[name], services.environments[name])
    running.push(lambda)
    return lambda
  }
  try {
    await checkIngest(check, await start('ingest'))
    const batch = await services.receive()
    check('the event is in the queue', batch.Records.length, 1)
    await checkWorker(check, await start('worker'), batch, services.standIn)
    await checkFailures(check, start, batch, services.secretStore)
  } finally {
    await Promise.all(running.map(lambda => lambda.stop()))
    await services.close()
  }
}

type Services = Awaited<ReturnType<typeof startServices>>
type Batch = Awaited<ReturnType<Services['receive']>>

async function checkIngest(check: Check, ingest: Lambda) {
  const health = await ingest.invoke(gateway('GET', '/health'), longMs)
  check('GET /health returns the version', answer(health), { status: 200, body: { status: 'ok', version } })
  const event = { type: 'identify', userId: 'u1', messageId: 'm1', traits: { email: 'a@example.com' } }
  const queued = await ingest.invoke(gateway('POST', '/v1/events', event), longMs)
  check('an event is queued', answer(queued), { status: 202, body: { status: 'queued', messageId: 'm1' } })
  const refused = await ingest.invoke(gateway('POST', '/v1/events', event, 'guessed'), longMs)
  check('a request with a wrong secret is refused', answer(refused).status, 401)
  checkOutput(check, ingest)
}

async function checkWorker(check: Check, worker: Lambda, batch: Batch, standIn: Services['standIn']) {
  const failures = batch.Records.map(({ messageId }) => ({ itemIdentifier: messageId }))
  const hurried = await worker.invoke(batch, 5_000)
  check('with too little time the whole batch is reported as failed', hurried, {
    kind: 'answered',
    value: { batchItemFailures: failures },
  })
  check('Kustomer was not called', standIn.requests.length, 0)
  const done = await worker.invoke(batch, longMs)
  check('with enough time the batch is delivered', done, {
    kind: 'answered',
    value: { batchItemFailures: [] },
  })
  check(
    'Kustomer has the customer',
    standIn.customers().map(({ attributes }) => attributes.externalId),
    ['u1'],
  )
  checkOutput(check, worker)
}

/** A new container has no key yet. If the secret store fails, its handler throws; if the store hangs, it times out. */
async function checkFailures(
  check: Check,
  start: (name: 'worker') => Promise<Lambda>,
  batch: Batch,
  store: Services['secretStore'],
) {
  store.switchTo('down')
  const thrown = await (await start('worker')).invoke(batch, longMs)
  check('a handler that throws is an error of the function', thrown.kind, 'failed')
  store.switchTo('silent')
  const late = await (await start('worker')).invoke(batch, 1_000)
  check('a handler that times out is ended', late.kind, 'timedOut')
  store.switchTo('up')
  const again = await (await start('worker')).invoke(batch, longMs)
  check('its batch is delivered by the next container', again, {
    kind: 'answered',
    value: { batchItemFailures: [] },
  })
}

/** CloudWatch reads metrics from lines that are JSON with `_aws` at the top level, in every log format. */
function checkOutput(check: Check, { lines }: Lambda) {
  const parsed = lines.map(line => JSON.parse(line))
  check(
    'metrics are in the format of CloudWatch',
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

function answer(result: Awaited<ReturnType<Lambda['invoke']>>) {
  if (result.kind !== 'answered') throw new Error(`no answer: ${JSON.stringify(result)}`)
  const { statusCode, body } = Object(result.value)
  return { status: statusCode, body: JSON.parse(body) }
}
