import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { groupIdOf, sealEnvelope } from '../../lib/queue/envelope.ts'
import { startKustomerStandIn } from '../kustomer-stand-in/server.ts'
import { buildBundles } from '../local-relay/build-bundles.ts'
import { startContainerProcess } from '../local-relay/container-process.ts'
import { personSalt, placesOf, secretIds, workerEnvironment } from '../local-relay/function-environment.ts'
import { startPeopleTable } from '../local-relay/people-table.ts'
import { startQueues } from '../local-relay/queues.ts'
import { withDefaults } from '../local-relay/relay-options.ts'
import { startSecretStore } from '../local-relay/secret-store.ts'

/** An event with its ids. */
export type BenchEvent = Record<string, unknown> & { userId: string; messageId: string }

/** The deployed worker in a process of its own, before local emulators. */
export interface WorkerProcess {
  pid: number | undefined
  /** Has one batch processed. @throws Error unless every message is done. */
  process(events: BenchEvent[]): Promise<void>
  /** Bytes of the log so far. */
  logBytes(): number
}

/** Starts the worker's bundle with these options of Node, runs `use`, and stops everything. */
export async function withWorkerProcess<T>(
  nodeOptions: string,
  use: (worker: WorkerProcess) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-worker-'))
  const standIn = await startKustomerStandIn({ customerWritesPerMinute: 1e6, requestsPerMinute: 1e9 })
  const store = await startSecretStore({ [secretIds.kustomer]: standIn.apiKey })
  const { credentials } = store
  const [table, queues] = [await startPeopleTable({ credentials }), await startQueues(30, { credentials })]
  const { worker } = await buildBundles(folder)
  let bytes = 0
  const options = withDefaults({ kustomerBaseUrl: standIn.url, requestsPerMinute: 1_000_000 })
  const container = startContainerProcess({
    bundle: worker,
    env: { ...workerEnvironment(placesOf(queues, table, store), options), NODE_OPTIONS: nodeOptions },
    timeoutSeconds: 60,
    log: text => {
      bytes += text.length
    },
    onNote: () => undefined,
  })
  try {
    if (!(await container.ready)) throw new Error('the worker does not start')
    return await use({
      pid: container.pid,
      logBytes: () => bytes,
      async process(events) {
        const invocation = await container.invoke({ Records: events.map(recordOf) })
        if (invocation.kind === 'failed') throw new Error(JSON.stringify(invocation))
        const failures =
          invocation.kind === 'answered' ? Object(invocation.value).batchItemFailures : [invocation.kind]
        if (failures.length > 0) throw new Error(`not every message was done: ${JSON.stringify(failures)}`)
      },
    })
  } finally {
    container.kill()
    await container.ended
    await Promise.all([standIn.close(), table.close(), queues.close(), store.close()])
    rmSync(folder, { recursive: true })
  }
}

/** A message as Lambda hands it to the worker. */
function recordOf(event: BenchEvent) {
  const { userId, messageId } = event
  const now = Date.now()
  return {
    ...{ messageId, receiptHandle: messageId, messageAttributes: {} },
    body: sealEnvelope({ version: 1, id: messageId, receivedAt: new Date(now).toISOString(), event }),
    attributes: {
      ...{ ApproximateReceiveCount: '1', SentTimestamp: String(now) },
      ...{ MessageGroupId: groupIdOf(userId, personSalt), MessageDeduplicationId: messageId },
    },
  }
}
