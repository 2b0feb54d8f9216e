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

/**
 * Starts a container and waits until its bundle is loaded.
 * A process that ends is replaced. While new processes fail to load, the pause between them grows from 0.1 to 5 s.
 * `onCrash` is called each time a process ends without `stop`.
 * @throws Error if the first process ends before its bundle is loaded.
 */
export async function startContainer(options: ContainerOptions, onCrash: () => void): Promise<Container> {
  let current: ContainerProcess = startContainerProcess(options)
  let isStopped = false
  let isUp = current.ready
  if (!(await isUp)) throw new Error(`the function does not start: ${options.bundle}`)
  void keep()

  async function keep() {
    for (;;) {
      await current.ended
      if (isStopped) return
      onCrash()
      isUp = restart()
      await isUp
    }
  }

  async function restart() {
    for (let pauseMs = 100; !isStopped; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      current = startContainerProcess(options)
      if (await current.ready) return true
      if (!isStopped) await wait(pauseMs, undefined, { ref: false })
    }
    return false
  }

  return {
    get pid() {
      return current.pid
    },
    async whenReady() {
      // `keep` may replace `isUp` while we wait: wait until the newest process is up.
      for (let seen: unknown; seen !== isUp; ) {
        seen = isUp
        await isUp
      }
    },
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
