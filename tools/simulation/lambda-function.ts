import { Container, type ContainerOptions, type InvocationEnd } from './container.ts'

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
export interface LambdaOptions<E, R> extends ContainerOptions {
  timeoutMs: number
  /** How likely a container is not used again after an invocation, from 0 to 1. */
  retirePerInvocation: number
  /** What the module does when it is loaded: gives the handler, whose memory lives as long as the container. */
  start(container: Container): (event: E) => Promise<R>
}

interface Environment<E, R> {
  container: Container
  handler: (event: E) => Promise<R>
  idleUntilMs: number
}

/** Milliseconds. AWS says neither how long a start takes nor how long an idle container is kept; these are usual. */
const lifecycle = {
  coldStartLeastMs: 150,
  coldStartSpreadMs: 1_200,
  idleLeastMs: 300_000,
  idleSpreadMs: 600_000,
}

/**
 * Gives each invocation a container that does nothing else meanwhile: a free one, any of them, else a new one. A free
 * one goes after some minutes; one that was stopped is never used again (docs.aws.amazon.com, Lambda developer guide,
 * "Understanding Lambda function scaling", read 2026-11-26).
 */
export function createLambdaFunction<E, R>(options: LambdaOptions<E, R>): LambdaFunction<E, R> {
  const { name, clock, trace, timeoutMs } = options
  const random = options.random.fork(`containers of ${name}`)
  const usage = { invocations: 0, ms: 0 }
  let started = 0
  let free: Environment<E, R>[] = []

  const startOne = async (): Promise<Environment<E, R>> => {
    const container = new Container({ ...options, name: `${name}-${++started}` })
    trace.add({ at: clock.now(), who: container.name, what: 'started' })
    await clock.sleep(lifecycle.coldStartLeastMs + random.int(lifecycle.coldStartSpreadMs))
    return { container, handler: options.start(container), idleUntilMs: 0 }
  }
  const takeOne = (): Environment<E, R> | undefined => {
    free = free.filter(({ idleUntilMs }) => idleUntilMs > clock.now())
    return free.length > 0 ? free.splice(random.int(free.length), 1)[0] : undefined
  }
  return {
    usage,
    get started() {
      return started
    },
    async invoke(event) {
      const environment = takeOne() ?? (await startOne())
      const { container, handler } = environment
      const startMs = clock.now()
      const end = await container.run(() => handler(event), timeoutMs)
      usage.invocations++
      usage.ms += clock.now() - startMs
      if (end.kind === 'killed')
        trace.add({ at: clock.now(), who: container.name, what: 'killed', why: end.why })
      else if (end.kind === 'threw')
        trace.add({ at: clock.now(), who: container.name, what: 'threw', error: nameOf(end.error) })
      if (!container.isStopped && random.next() >= options.retirePerInvocation) {
        environment.idleUntilMs = clock.now() + lifecycle.idleLeastMs + random.int(lifecycle.idleSpreadMs)
        free.push(environment)
      }
      return end
    },
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
