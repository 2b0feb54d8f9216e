import { mkdirSync } from 'node:fs'
import { createTableStore } from '../../lib/people/table-store.ts'
import { systemClock } from '../../lib/runtime/clock.ts'
import { parseSettings } from '../../lib/settings.ts'
import { createLocalConsole } from '../console/server/local-console.ts'
import { claimPort } from '../http/loopback-server.ts'
import type { StandIn } from '../kustomer-stand-in/types.ts'
import { folderOfRelay } from './folder-of-relay.ts'
import { personSalt } from './function-environment.ts'
import type { Ledger } from './ledger.ts'
import type { LocalCredentials } from './local-aws.ts'
import { writeLocalFile } from './local-file.ts'
import { localRoutes } from './local-routes.ts'
import { createMemory } from './memory.ts'
import type { PeopleTable } from './people-table.ts'
import { type FullOptions, type RelayOptions, withDefaults } from './relay-options.ts'
import { routes } from './routes.ts'
import type { SecretStore } from './secret-store.ts'
import { createSettingsInForce, type SettingsInForce } from './settings-in-force.ts'
import { startFunctions } from './start-functions.ts'
import { startOutside } from './start-outside.ts'
import { openStorage, type RelayStorage } from './storage/open-storage.ts'

/** The state of the events: SQS's own counts, and the number of events delivered, each counted once. */
export interface Status {
  waiting: number
  inFlight: number
  deadLetters: number
  delivered: number
}

/** A running local relay. */
export interface Relay {
  url: string
  /** The stand-in. Missing if the relay calls `kustomerBaseUrl`. */
  standIn?: StandIn
  /** What the storage folder held at the start. Missing without such a folder. */
  restored?: Omit<Status, 'delivered'>
  sqsEndpoint: string
  /** What clients of SQS, of the secret store and of the table must use. */
  credentials: LocalCredentials
  queueUrl: string
  deadLetterQueueUrl: string
  secretStore: SecretStore
  people: PeopleTable
  ledger: Ledger
  status(): Promise<Status>
  settings: SettingsInForce
  /** Ends a worker's process at once, as a crash would. A new process starts. */
  killWorker(index: number): void
  /** Returns the process ids: ingest first, then the workers. */
  pids(): (number | undefined)[]
  /** Ends all parts at once. What is not in the storage folder is lost. Never rejects. */
  stop(): Promise<void>
}

/**
 * Runs the deployed bundles on this machine: ingest, a queue, the workers, the person records, the secrets, and a
 * Kustomer stand-in.
 * Resolves when all parts are ready. Rejects if a part does not start, and then leaves nothing running: `EADDRINUSE` if
 * the port is in use, `ConfigError` for invalid settings, a sentence for a storage folder that cannot be used.
 */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const closing: (() => unknown)[] = []
  const storage = options.storageDir === undefined ? undefined : openStorage(options.storageDir)
  const stop = async () => {
    await Promise.allSettled(closing.splice(0).map(close => close()))
    storage?.close()
  }
  try {
    return await start(withDefaults(options), closing, stop, storage)
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  given: FullOptions,
  closing: (() => unknown)[],
  stop: () => Promise<void>,
  storage: RelayStorage | undefined,
): Promise<Relay> {
  const initial = parseSettings(given.settings ?? {})
  const server = await claimPort(given.port)
  closing.push(server.close)
  const dataDir = await folderOfRelay(given, server.port)
  const options = { ...given, dataDir }
  mkdirSync(dataDir, { recursive: true })
  const outside = await startOutside(options, closing, storage)
  const { queues, people, secretStore, standIn } = outside
  const restored = storage && (await queues.counts())
  const memory = createMemory()
  const { ledger } = memory
  const containers = await startFunctions(options, outside, memory, closing)
  const status = async () => ({ ...(await queues.counts()), delivered: ledger.counts.delivered })
  const store = createTableStore(people.dynamo, people.tableName, systemClock)
  const records = { store, salt: personSalt, tableName: people.tableName, dynamo: people.dynamo }
  const settings = createSettingsInForce(initial, containers.workers)
  const page = createLocalConsole({
    ...{ options, url: server.url, settings, memory, status, queues, people: records, standIn },
    waiting: containers.waiting,
  })
  closing.unshift(page.close)
  server.open(routes(containers.ingest, localRoutes(ledger, settings, status), page))
  const { endpoint, credentials, queueUrl, deadLetterQueueUrl } = queues
  const table = { endpoint: people.endpoint, tableName: people.tableName, salt: personSalt }
  const file = { endpoint, ...credentials, queueUrl, deadLetterQueueUrl, url: server.url, people: table }
  closing.push(writeLocalFile(dataDir, { ...file, ...(standIn && { kustomerUrl: standIn.url }) }))
  return {
    url: server.url,
    ...(standIn && { standIn }),
    ...(restored && { restored }),
    sqsEndpoint: endpoint,
    credentials,
    queueUrl,
    deadLetterQueueUrl,
    secretStore,
    people,
    ledger,
    status,
    settings,
    killWorker: index => containers.workers[index]?.kill(),
    pids: () => [containers.ingest, ...containers.workers].map(container => container.pid),
    stop,
  }
}
