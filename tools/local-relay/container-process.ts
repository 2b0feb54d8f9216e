import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { FromContainer, Invocation } from './container-messages.ts'
import type { Note } from './notes.ts'

/** A function as it is deployed: the path of its bundle, its environment, its timeout and the target of its logs. */
export interface ContainerOptions {
  bundle: string
  env: Record<string, string>
  timeoutSeconds: number
  /** The target of stdout and stderr: a file descriptor or a listener. */
  log: number | ((text: Buffer) => void)
  onNote(note: Note): void
}

/** One process of a container, from its start to its end. */
export interface ContainerProcess {
  pid: number | undefined
  /** Resolves to true when the bundle is loaded, to false if the process ends before. Never rejects. */
  ready: Promise<boolean>
  /** Resolves when the process has ended and every pending invocation has its result. */
  ended: Promise<void>
  invoke(event: unknown): Promise<Invocation>
  kill(): void
}

const main = fileURLToPath(new URL('./container-main.ts', import.meta.url))

/**
 * Starts a process that loads a bundle and calls its handler, as Lambda's runtime does. From the environment of this
 * process it gets only PATH and HOME. An invocation that times out ends the process.
 */
export function startContainerProcess(options: ContainerOptions): ContainerProcess {
  const { env, log, timeoutSeconds } = options
  const { PATH = '', HOME = '' } = process.env
  const output = typeof log === 'number' ? log : 'pipe'
  const child = fork(main, [options.bundle], {
    env: { PATH, HOME, ...env },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', output, output, 'ipc'],
  })
  if (typeof log !== 'number') for (const stream of [child.stdout, child.stderr]) stream?.on('data', log)

  const pending = new Map<string, (invocation: Invocation) => void>()
  const late = new Set<string>()
  const ready = Promise.withResolvers<boolean>()
  const ended = Promise.withResolvers<void>()
  const settle = (id: string, invocation: Invocation) => {
    pending.get(id)?.(invocation)
    pending.delete(id)
  }
  child.on('message', (message: FromContainer) => {
    if (message.kind === 'note') options.onNote(message.note)
    else if (message.kind === 'ready') ready.resolve(true)
    else if (message.kind === 'answer')
      settle(message.id, { kind: 'answered', value: JSON.parse(message.json) })
    else settle(message.id, { kind: 'failed', error: message.error })
  })
  // 'close' and not 'exit': by then all messages and logs of the process have been read.
  child.once('close', end).once('error', end)

  function end() {
    for (const id of pending.keys()) settle(id, { kind: late.has(id) ? 'timedOut' : 'crashed' })
    ready.resolve(false)
    ended.resolve()
  }
  return {
    pid: child.pid,
    ready: ready.promise,
    ended: ended.promise,
    kill: () => void child.kill('SIGKILL'),
    invoke(event) {
      const { promise, resolve } = Promise.withResolvers<Invocation>()
      if (!child.connected) return Promise.resolve({ kind: 'crashed' })
      const id = randomUUID()
      const timer = setTimeout(() => {
        late.add(id)
        child.kill('SIGKILL')
      }, timeoutSeconds * 1000)
      pending.set(id, invocation => {
        clearTimeout(timer)
        resolve(invocation)
      })
      const deadlineMs = Date.now() + timeoutSeconds * 1000
      child.send({ id, event, deadlineMs }, error => error && settle(id, { kind: 'crashed' }))
      return promise
    },
  }
}
