import type { InvocationEnd } from './container.ts'
import { type ContainersOptions, createContainers } from './containers.ts'

/** A function on Lambda: which containers it has is its own affair. */
export interface LambdaFunction<E, R> {
  /** Runs one invocation in a container of its own for that time. Never rejects. */
  invoke(event: E): Promise<InvocationEnd<R>>
  /** How many containers were started so far. */
  readonly started: number
  /** What is paid for: invocations, and their milliseconds together. */
  readonly usage: { invocations: number; ms: number }
}

/** What a function needs. `name` stands before the number of each container in the trace. */
export interface LambdaOptions<E, R> extends ContainersOptions<E, R> {
  timeoutMs: number
}

/**
 * Gives each invocation a container that does nothing else meanwhile: a free one, any of them, else a new one. A free
 * one goes after some minutes; one that was stopped is never used again (docs.aws.amazon.com, Lambda developer guide,
 * "Understanding Lambda function scaling", read 2026-11-26).
 */
export function createLambdaFunction<E, R>(options: LambdaOptions<E, R>): LambdaFunction<E, R> {
  const { clock, trace, timeoutMs } = options
  const containers = createContainers(options)
  const usage = { invocations: 0, ms: 0 }
  return {
    usage,
    get started() {
      return containers.started()
    },
    async invoke(event) {
      const environment = containers.takeOne() ?? (await containers.startOne())
      const { container, handler } = environment
      const startMs = clock.now()
      const end = await container.run(() => handler(event), timeoutMs)
      usage.invocations++
      usage.ms += clock.now() - startMs
      if (end.kind === 'killed')
        trace.add({ at: clock.now(), who: container.name, what: 'killed', why: end.why })
      else if (end.kind === 'threw')
        trace.add({ at: clock.now(), who: container.name, what: 'threw', error: nameOf(end.error) })
      containers.giveBack(environment)
      return end
    },
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
