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
  if (!(await first.ready)) throw new Error(`the function does not start: ${options.bundle}`)
  return superviseContainer(first, () => startContainerProcess(options), onCrash)
}

function superviseContainer(
  first: ContainerProcess,
  startProcess: () => ContainerProcess,
  onCrash: () => void,
): Container {
  let [current, isUp, isStopped] = [first, first.ready, false]
  const start = () => {
    current = startProcess()
    return current.ready
  }
  void restartOnEnd()

  async function restartOnEnd() {
    for (await current.ended; !isStopped; await current.ended) {
      onCrash()
      isUp = startUntilReady(start, () => isStopped)
      await isUp
    }
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
    kill: () => current.kill(),
    async stop() {
      isStopped = true
      current.kill()
      await current.ended
    },
  }
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
