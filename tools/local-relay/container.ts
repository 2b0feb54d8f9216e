import { setTimeout as wait } from 'node:timers/promises'
import type { Invocation } from './container-messages.ts'
import { type ContainerOptions, type ContainerProcess, startContainerProcess } from './container-process.ts'

/** A container that restarts: when its process ends, a new one starts, as with Lambda. */
export interface Container {
  readonly pid: number | undefined
  /** Resolves when a process has loaded the bundle. After `stop` it resolves at once. */
  whenReady(): Promise<void>
  /** Never rejects. If the process ends during the invocation, the result is `crashed`; it is not retried. */
  invoke(event: unknown): Promise<Invocation>
  /**
   * Changes variables of the function's environment, as a deployment does: a new process takes the next invocations, and
   * the old one ends when it has none left. Rejects if the new process does not start; then the old one stays.
   */
  renew(env: Record<string, string>): Promise<void>
  /** Ends the process at once (SIGKILL), as a crash would. */
  kill(): void
  /** Ends the process without a restart. Resolves when it has ended. */
  stop(): Promise<void>
}

const restartPause = { firstMs: 100, maxMs: 5_000 }

/**
 * Starts a container and waits until its bundle is loaded.
 * A process that ends is replaced. While new processes fail to load, the pause between them grows from 0.1 to 5 s.
 * `onCrash` is called each time a process ends without `stop`.
 * @throws Error if the first process ends before its bundle is loaded.
 */
export async function startContainer(options: ContainerOptions, onCrash: () => void): Promise<Container> {
  const first = startContainerProcess(options)
  if (!(await first.ready)) throw notStarted(options)
  return superviseContainer(first, options, onCrash)
}

function superviseContainer(
  first: ContainerProcess,
  initial: ContainerOptions,
  onCrash: () => void,
): Container {
  let [options, current, isUp, isStopped] = [initial, first, first.ready, false]
  const retired = new Set<ContainerProcess>()
  const start = () => {
    current = startContainerProcess(options)
    return current.ready
  }
  void restartOnEnd(first)

  /** Replaces a process when it ends, and its successor too. A process that `renew` has replaced needs no other. */
  async function restartOnEnd(watched: ContainerProcess): Promise<void> {
    await watched.ended
    retired.delete(watched)
    if (isStopped || watched !== current) return
    onCrash()
    isUp = startUntilReady(start, () => isStopped)
    await isUp
    return restartOnEnd(current)
  }

  return {
    get pid() {
      return current.pid
    },
    whenReady: () => newest(() => isUp),
    async invoke(event) {
      await isUp
      return isStopped ? { kind: 'crashed' } : current.invoke(event)
    },
    async renew(env) {
      await newest(() => isUp)
      const next = { ...options, env: { ...options.env, ...env } }
      const process = startContainerProcess(next)
      if (!(await process.ready) || isStopped) {
        process.kill()
        throw notStarted(next)
      }
      retired.add(current)
      current.retire()
      ;[options, current] = [next, process]
      void restartOnEnd(process)
    },
    kill: () => current.kill(),
    async stop() {
      isStopped = true
      for (const process of [current, ...retired]) process.kill()
      await Promise.all([current, ...retired].map(process => process.ended))
    },
  }
}

function notStarted({ bundle }: ContainerOptions) {
  return new Error(`the function does not start: ${bundle}`)
}

/** Starts processes one after the other until one is ready, with growing pauses. Resolves to false if stopped before. */
async function startUntilReady(start: () => Promise<boolean>, isStopped: () => boolean): Promise<boolean> {
  for (let pauseMs = restartPause.firstMs; !isStopped(); ) {
    if (await start()) return true
    if (!isStopped()) await wait(pauseMs, undefined, { ref: false })
    pauseMs = Math.min(pauseMs * 2, restartPause.maxMs)
  }
  return false
}

/** Waits for a promise that may be replaced meanwhile, until the newest one has resolved. */
async function newest(current: () => Promise<unknown>) {
  for (let seen: unknown; seen !== current(); ) {
    seen = current()
    await seen
  }
}
