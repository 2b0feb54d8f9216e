import { Container, type ContainerOptions } from './container.ts'

/** What the containers of a function need. `name` stands before the number of each container in the trace. */
export interface ContainersOptions<E, R> extends ContainerOptions {
  /** How likely a container is not used again after an invocation, from 0 to 1. */
  retirePerInvocation: number
  /** What the module does when it is loaded: gives the handler, whose memory lives as long as the container. */
  start(container: Container): (event: E) => Promise<R>
}

/** A container whose module is loaded. */
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
 * Holds the free containers of one function. `takeOne` gives any free one; `startOne` starts a new one, which takes
 * time. `giveBack` makes one free again for some minutes, unless it was stopped or is retired.
 */
export function createContainers<E, R>(options: ContainersOptions<E, R>) {
  const { name, clock, trace } = options
  const random = options.random.fork(`containers of ${name}`)
  let started = 0
  let free: Environment<E, R>[] = []

  return {
    started: () => started,
    async startOne(): Promise<Environment<E, R>> {
      const container = new Container({ ...options, name: `${name}-${++started}` })
      trace.add({ at: clock.now(), who: container.name, what: 'started' })
      await clock.sleep(lifecycle.coldStartLeastMs + random.int(lifecycle.coldStartSpreadMs))
      return { container, handler: options.start(container), idleUntilMs: 0 }
    },
    takeOne(): Environment<E, R> | undefined {
      free = free.filter(({ idleUntilMs }) => idleUntilMs > clock.now())
      return free.length > 0 ? free.splice(random.int(free.length), 1)[0] : undefined
    },
    giveBack(environment: Environment<E, R>): void {
      if (environment.container.isStopped || random.next() < options.retirePerInvocation) return
      environment.idleUntilMs = clock.now() + lifecycle.idleLeastMs + random.int(lifecycle.idleSpreadMs)
      free.push(environment)
    },
  }
}
