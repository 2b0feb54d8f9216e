import { Container, type ContainerOptions } from './container.ts'

/** How many containers Lambda keeps, and for how long. Without it, a new one starts only when no other is free. */
export interface ContainerFleet {
  /** Containers that are kept: a new one starts while there are fewer, so invocations are spread over all of them. */
  containers: number
  /** Milliseconds after its start from which a container is not used again; absent: it is kept. */
  longestLifeMs?: number
}

/** What the containers of a function need. `name` stands before the number of each container in the trace. */
export interface ContainersOptions<E, R> extends ContainerOptions {
  fleet?: ContainerFleet
  /** How likely a container is not used again after an invocation, from 0 to 1. */
  retirePerInvocation: number
  /** What the module does when it is loaded: gives the handler, whose memory lives as long as the container. */
  start(container: Container): (event: E) => Promise<R>
}

/** A container whose module is loaded. */
interface Environment<E, R> {
  container: Container
  handler: (event: E) => Promise<R>
  startedMs: number
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
  const { name, clock, trace, fleet } = options
  const random = options.random.fork(`containers of ${name}`)
  let [started, busy] = [0, 0]
  let free: Environment<E, R>[] = []
  const isTooOld = ({ startedMs }: Environment<E, R>) =>
    clock.now() - startedMs >= (fleet?.longestLifeMs ?? Number.POSITIVE_INFINITY)
  const idleMs = () =>
    fleet ? Number.POSITIVE_INFINITY : lifecycle.idleLeastMs + random.int(lifecycle.idleSpreadMs)

  return {
    started: () => started,
    async startOne(): Promise<Environment<E, R>> {
      busy++
      const container = new Container({ ...options, name: `${name}-${++started}` })
      trace.add({ at: clock.now(), who: container.name, what: 'started' })
      await clock.sleep(lifecycle.coldStartLeastMs + random.int(lifecycle.coldStartSpreadMs))
      return { container, handler: options.start(container), startedMs: clock.now(), idleUntilMs: 0 }
    },
    takeOne(): Environment<E, R> | undefined {
      free = free.filter(one => one.idleUntilMs > clock.now() && !isTooOld(one))
      if (free.length === 0 || (fleet && free.length + busy < fleet.containers)) return undefined
      busy++
      return free.splice(random.int(free.length), 1)[0]
    },
    giveBack(environment: Environment<E, R>): void {
      busy--
      if (environment.container.isStopped || random.next() < options.retirePerInvocation) return
      environment.idleUntilMs = clock.now() + idleMs()
      free.push(environment)
    },
  }
}
