import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers'
import { currentContainer } from './container.ts'
import type { VirtualClock } from './virtual-clock.ts'

/**
 * Puts virtual time in the place of `setTimeout`, `clearTimeout` and `performance.now`, for libraries that take no
 * clock as an argument (middy's early time-out, the ages in lru-cache). A timer belongs to the container that set it:
 * it waits while that is frozen and never runs once it is stopped. Gives the way back, which must be called.
 */
export function installVirtualTimers(clock: VirtualClock): () => void {
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    now: performance.now,
  }
  const startMs = clock.now()
  const pending = new Set<object>()
  const setVirtual = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const container = currentContainer.getStore()
    const timer = { unref: () => timer, ref: () => timer, hasRef: () => true }
    pending.add(timer)
    clock.at(clock.now() + ms, async () => {
      await container?.whenRunning()
      if (pending.delete(timer)) run(...args)
    })
    return timer
  }
  const clearVirtual = (timer: object | undefined) => void (timer && pending.delete(timer))
  const install = (set: unknown, clear: unknown, now: () => number) => {
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear })
    Object.assign(timers, { setTimeout: set, clearTimeout: clear })
    Object.assign(performance, { now })
    syncBuiltinESMExports()
  }
  install(setVirtual, clearVirtual, () => clock.now() - startMs)
  return () => install(real.setTimeout, real.clearTimeout, real.now)
}
