import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda'
import type { Endpoint } from '../../lib/kustomer/endpoints.ts'
import { createMemoryStore } from '../../lib/people/memory-store.ts'
import type { Item } from '../../lib/people/person-item.ts'
import { functions } from '../../lib/policy.ts'
import { readWorkerConfig } from '../../lib/worker/config.ts'
import { createWorker, type WorkerPorts } from '../../lib/worker/create-worker.ts'
import { createVirtualClock, simulationStartMs } from '../simulation/virtual-clock.ts'
import { marks } from './oracles/marks.ts'
import { must } from './target.ts'

/** What one invocation of the worker did. */
export interface Invocation {
  response: SQSBatchResponse
  /** The requests to Kustomer. */
  requests: { endpoint: Endpoint; body: object | undefined }[]
  deadLetters: { MessageBody: string; MessageAttributes: Record<string, MessageAttributeValue> }[]
  /** The person records. */
  items: Map<string, Item>
  /** Everything that it wrote to logs and metrics. */
  written: unknown[]
}

const config = readWorkerConfig({
  ...{
    QUEUE_URL: 'queue',
    DEAD_LETTER_QUEUE_URL: 'dead-letters',
    KUSTOMER_API_KEY_SECRET_ID: 'key',
    PERSON_SALT: 'fuzz',
  },
  ...{ KUSTOMER_REQUESTS_PER_MINUTE: '60000', RESEND_UNCHANGED_AFTER_HOURS: '0' },
})
const timeoutMs = functions.worker.timeoutSeconds * 1_000

/** Runs one invocation of the real worker in virtual time. `reply` is Kustomer, or what is in front of it. */
export async function invoke(
  records: SQSRecord[],
  reply: (endpoint: Endpoint) => Awaited<ReturnType<ReturnType<WorkerPorts['createTransport']>['send']>>,
): Promise<Invocation> {
  const clock = createVirtualClock()
  const items = new Map<string, Item>()
  const [requests, deadLetters, written]: [Invocation['requests'], Invocation['deadLetters'], unknown[]] = [
    [],
    [],
    [],
  ]
  const write = (...line: unknown[]) => void written.push(line)
  const worker = createWorker(config, {
    sqs: { send: async (command: object) => answerTo(command, deadLetters) } as unknown as WorkerPorts['sqs'],
    fetchKey: async () => `${marks.secret}-key`,
    createTransport: () => ({
      async send(endpoint, _key, body) {
        requests.push({ endpoint, body })
        return reply(endpoint)
      },
      close: () => undefined,
    }),
    peopleStore: createMemoryStore(clock, items),
    clock,
    random: () => 0.5,
    metrics: { add: write, addWith: write, flush: () => undefined },
    log: { info: write, warn: write, error: write },
  })
  let response: SQSBatchResponse | undefined
  const running = worker({ Records: records }, timeoutMs).then(done => {
    response = done
  })
  await clock.runUntil(simulationStartMs + timeoutMs, () => response !== undefined)
  must(response !== undefined, 'an invocation ends before its time-out')
  await running
  return { response, requests, deadLetters, items, written }
}

type Sent = { QueueUrl: string; Entries?: { Id: string }[] } & Invocation['deadLetters'][number]

/** SQS takes everything. */
function answerTo(command: object, deadLetters: Invocation['deadLetters']): object {
  const { input } = command as { input: Sent }
  if (input.Entries) return { Successful: input.Entries.map(({ Id }) => ({ Id })) }
  deadLetters.push(input)
  return {}
}
