import { setTimeout as wait } from 'node:timers/promises'
import type { Invocation } from './container-messages.ts'
import { type ContainerOptions, type ContainerProcess, startContainerProcess } from './container-process.ts'

/** A container that is always there: when its process ends, another takes its place, as with Lambda. */
export interface Container {
  readonly pid: number | undefined
  /** Resolves as soon as a process is there that has loaded the bundle; at once after `stop`. */
  whenReady(): Promise<void>
  /** Never rejects. What a process that ended had in hand is `crashed`, and is not tried again here. */
  invoke(event: unknown): Promise<Invocation>
  /** Ends the process at once (SIGKILL), as a crash would. */
  kill(): void
  /** Resolves when the process is gone; none follows. */
  stop(): Promise<void>
}

/**
 * Starts a container and waits until its bundle is loaded.
 * @throws Error where the very first process ends before that. Later ones are started again and again, with growing
 * pauses (0.1 to 5 s) while they fail to load; `onCrash` hears of each end that nobody asked for.
 */
export async function startContainer(options: ContainerOptions, onCrash: () => void): Promise<Container> {
  let trace: ContainerProcess = startContainerProcess(options)
  let isStopped = false
  let isUp = trace.ready
  if (!(await isUp)) throw new Error(`the function does not start: ${options.bundle}`)
  void keep()

  async function keep() {
    for (;;) {
      await trace.ended
      if (isStopped) return
      onCrash()
      isUp = restart()
      await isUp
    }
  }

  async function restart() {
    for (let pauseMs = 100; !isStopped; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      trace = startContainerProcess(options)
      if (await trace.ready) return true
      if (!isStopped) await wait(pauseMs, undefined, { ref: false })
    }
    return false
  }

  return {
    get pid() {
      return trace.pid
    },
    async whenReady() {
      // A process that has just ended is noticed by `keep` in the same turn: ask until the newest is up.
      for (let seen: unknown; seen !== isUp; ) {
        seen = isUp
        await isUp
      }
    },
    async invoke(event) {
      await isUp
      return isStopped ? { kind: 'crashed' } : trace.invoke(event)
    },
    kill: () => trace.kill(),
    async stop() {
      isStopped = true
      trace.kill()
      await trace.ended
    },
  }
}
