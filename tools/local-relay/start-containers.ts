import { join, resolve } from 'node:path'
import { functions } from '../../lib/policy.ts'
import { buildBundles } from './build-bundles.ts'
import { type Container, startContainer } from './container.ts'
import { ingestEnvironment, type Places, workerEnvironment } from './function-environment.ts'
import { openLog } from './function-log.ts'
import type { Note } from './notes.ts'
import type { FullOptions } from './relay-options.ts'

/** The running functions: one container for ingest, and as many workers as `workerConcurrency`. */
export interface Containers {
  ingest: Container
  workers: Container[]
  close(): Promise<void>
}

/**
 * Builds the bundles, unless they are given, and starts the containers. Resolves when all have loaded their bundles.
 * @throws Error if a container does not start. Then no container is left running.
 */
export async function startContainers(
  options: FullOptions,
  places: Places,
  onNote: (note: Note) => void,
): Promise<Containers> {
  const { dataDir, onLine, onLog, workerConcurrency } = options
  const bundles = options.bundles ?? (await buildBundles(resolve(dataDir, 'bundles')))
  const logs = {
    ingest: openLog(join(dataDir, 'ingest.log'), onLog),
    worker: openLog(join(dataDir, 'worker.log'), onLog),
  }
  const start = (name: 'ingest' | 'worker', env: Record<string, string>, label: string) => {
    const { timeoutSeconds } = functions[name]
    const container = { bundle: bundles[name], env, timeoutSeconds, log: logs[name].target, onNote }
    const onCrash = () => onLine(`${label} ended and is restarted (${logs[name].path})`)
    return startContainer(container, onCrash)
  }
  const worker = workerEnvironment(places, options)
  const started = await Promise.allSettled([
    start('ingest', ingestEnvironment(places), 'ingest'),
    ...Array.from({ length: workerConcurrency }, (_, i) => start('worker', worker, `worker ${i}`)),
  ])
  const running = started.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
  const close = async () => {
    await Promise.all(running.map(container => container.stop()))
    for (const log of Object.values(logs)) log.close()
  }
  const [ingest, ...workers] = running
  if (ingest && running.length === started.length) return { ingest, workers, close }
  await close()
  throw new Error(`the functions do not start; see ${logs.ingest.path} and ${logs.worker.path}`)
}
