import { AsyncLocalStorage } from 'node:async_hooks'
import { type ContainerFaults, zombieMs } from './container-faults.ts'
import type { Random } from './random.ts'
import type { Trace } from './trace.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** How an invocation ended. */
export type InvocationEnd<T> =
  | { kind: 'answered'; value: T }
  | { kind: 'threw'; error: unknown }
  | { kind: 'killed'; why: 'crash' | 'deadline' }

/** What a container needs, and its name in the trace. */
export interface ContainerOptions {
  name: string
  clock: VirtualClock
  random: Random
  trace: Trace
  faults: ContainerFaults
}

/** The container whose code runs right now; undefined outside of every invocation. */
export const currentContainer = new AsyncLocalStorage<Container>()

/**
 * One execution environment of Lambda, from its start to its end. Its code reaches the world only through `port` and
 * `clock`, so that the code can be stopped at any such call and knows nothing of it. Between invocations it is frozen:
 * what answers then is held back until the next invocation (docs.aws.amazon.com, Lambda developer guide, "Lambda
 * execution environment lifecycle", read 2026-11-26). After a time-out or a crash it is not used again.
 */
export class Container {
  readonly name: string
  /** Time as the container sees it. */
  readonly clock: Pick<VirtualClock, 'now' | 'sleep'>
  readonly skewMs: number
  readonly #options: ContainerOptions
  readonly #random: Random
  readonly #zombies: Random
  #state: 'running' | 'frozen' | 'stopped' = 'frozen'
  #isZombie = false
  #held: (() => void)[] = []
  #stop: (why: 'crash' | 'deadline') => void = () => {}

  constructor(options: ContainerOptions) {
    const { name, clock, random, faults } = options
    this.name = name
    this.#options = options
    this.#random = random.fork(`crashes of ${name}`)
    this.#zombies = random.fork(`zombies of ${name}`)
    this.skewMs = Math.round((2 * random.fork(`skew of ${name}`).next() - 1) * faults.clockSkewMs)
    this.clock = {
      now: () => clock.now() + this.skewMs,
      sleep: async ms => {
        await clock.sleep(ms)
        await this.whenRunning()
      },
    }
  }

  /** Whether Lambda does not use it again. */
  get isStopped(): boolean {
    return this.#isZombie || this.#state === 'stopped'
  }

  /** Wraps a call to the world: it may be the last thing the container does, before or after its effect. */
  port<A extends unknown[], T>(name: string, call: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
    return async (...args) => {
      await this.whenRunning()
      const { killPerCall, freezePerCall, freezeMs, zombiePerCall = 0 } = this.#options.faults
      const isLast = this.#random.chance(killPerCall)
      const isBefore = isLast && this.#random.next() < 0.5
      if (isBefore) return this.#crash(name, 'before')
      try {
        return await call(...args)
      } finally {
        await this.whenRunning()
        if (isLast) await this.#crash(name, 'after')
        if (this.#random.chance(freezePerCall)) this.#freeze(this.#random.int(freezeMs))
        if (this.#zombies.chance(zombiePerCall)) this.#becomeZombie()
        await this.whenRunning()
      }
    }
  }

  /** Runs one invocation. It ends with the answer, with an exception, or where the container is stopped. */
  async run<T>(handler: () => Promise<T>, timeoutMs: number): Promise<InvocationEnd<T>> {
    const { clock } = this.#options
    this.#thaw()
    const end = await new Promise<InvocationEnd<T>>(resolve => {
      let isOver = false
      const finish = (result: InvocationEnd<T>) => {
        // Only a zombie ends twice: for Lambda, and when its code has ended.
        if (isOver) this.#state = 'stopped'
        isOver = true
        resolve(result)
      }
      this.#stop = why => {
        if (isOver && !this.#isZombie) return
        finish({ kind: 'killed', why })
        if (this.#isZombie && why === 'deadline') return
        this.#state = 'stopped'
        this.#held = []
      }
      const stop = this.#stop
      clock.at(clock.now() + timeoutMs, () => stop('deadline'))
      currentContainer.run(this, handler).then(
        value => void this.whenRunning().then(() => finish({ kind: 'answered', value })),
        error => void this.whenRunning().then(() => finish({ kind: 'threw', error })),
      )
    })
    if (this.#state === 'running') this.#state = 'frozen'
    return end
  }

  /** Resolves while the container runs: later where it is frozen, never where it is stopped. */
  whenRunning(): Promise<void> {
    if (this.#state === 'running') return Promise.resolve()
    return new Promise(resolve => {
      if (this.#state === 'frozen') this.#held.push(() => resolve(this.whenRunning()))
    })
  }

  /** Ends the process at once: the code that runs now has no further effect. */
  crash(fields: Record<string, unknown>): void {
    const { trace, clock } = this.#options
    trace.add({ at: clock.now(), who: this.name, what: 'crashed', ...fields })
    this.#stop('crash')
  }

  #crash(port: string, when: 'before' | 'after'): Promise<never> {
    this.crash({ port, when })
    return new Promise<never>(() => {})
  }

  #freeze(ms: number) {
    const { trace, clock } = this.#options
    if (this.#state !== 'running') return
    trace.add({ at: clock.now(), who: this.name, what: 'froze', ms })
    this.#state = 'frozen'
    clock.at(clock.now() + ms, () => {
      if (this.#state === 'frozen') this.#thaw()
    })
  }

  #becomeZombie() {
    if (this.#state !== 'running' || this.#isZombie) return
    this.#isZombie = true
    this.#freeze(zombieMs(this.#zombies))
  }

  #thaw() {
    this.#state = 'running'
    const held = this.#held
    this.#held = []
    for (const goOn of held) goOn()
  }
}
