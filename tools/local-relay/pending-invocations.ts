import type { Invocation } from './container-messages.ts'

/** The invocations of one process that have no result yet. */
export interface PendingInvocations {
  /** Adds an invocation and starts its timeout. Resolves to its result; never rejects. */
  add(id: string): Promise<Invocation>
  /** Gives an invocation its result. Has no effect if it has one already. */
  settle(id: string, invocation: Invocation): void
  /** Settles all, after the process has ended: as `timedOut` after their timeout, else as `crashed`. */
  settleAll(): void
  /** Resolves when no invocation is pending. */
  whenIdle(): Promise<void>
}

/** Creates the invocations of a process. `onTimeout` is called for each that has no result after `timeoutMs`. */
export function createPendingInvocations(timeoutMs: number, onTimeout: () => void): PendingInvocations {
  const pending = new Map<string, (invocation: Invocation) => void>()
  const late = new Set<string>()
  const waiting: (() => void)[] = []
  const settle = (id: string, invocation: Invocation) => {
    pending.get(id)?.(invocation)
    pending.delete(id)
    if (pending.size === 0) for (const resolve of waiting.splice(0)) resolve()
  }
  return {
    add(id) {
      const { promise, resolve } = Promise.withResolvers<Invocation>()
      const timer = setTimeout(() => {
        late.add(id)
        onTimeout()
      }, timeoutMs)
      pending.set(id, invocation => {
        clearTimeout(timer)
        resolve(invocation)
      })
      return promise
    },
    settle,
    settleAll() {
      for (const id of pending.keys()) settle(id, { kind: late.has(id) ? 'timedOut' : 'crashed' })
    },
    whenIdle: () => (pending.size === 0 ? Promise.resolve() : new Promise(resolve => waiting.push(resolve))),
  }
}
