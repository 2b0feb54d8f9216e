import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { FromContainer, Invocation } from './container-messages.ts'
import type { Note } from './notes.ts'
import { createPendingInvocations } from './pending-invocations.ts'

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
  /** Ends the process when it has no pending invocation. */
  retire(): void
  kill(): void
}

const main = fileURLToPath(new URL('./container-main.ts', import.meta.url))

/**
 * Starts a process that loads a bundle and calls its handler, as Lambda's runtime does. From the environment of this
 * process it gets only PATH and HOME. An invocation that times out ends the process.
 */
export function startContainerProcess(options: ContainerOptions): ContainerProcess {
  const child = forkContainer(options)
  const timeoutMs = options.timeoutSeconds * 1000
  const pending = createPendingInvocations(timeoutMs, () => child.kill('SIGKILL'))
  const ready = Promise.withResolvers<boolean>()
  const ended = Promise.withResolvers<void>()
  child.on('message', (message: FromContainer) => {
    if (message.kind === 'note') options.onNote(message.note)
    else if (message.kind === 'ready') ready.resolve(true)
    else if (message.kind === 'answer')
      pending.settle(message.id, { kind: 'answered', value: JSON.parse(message.json) })
    else pending.settle(message.id, { kind: 'failed', error: message.error })
  })
  const end = () => {
    pending.settleAll()
    ready.resolve(false)
    ended.resolve()
  }
  // 'close' and not 'exit': by then all messages and logs of the process have been read.
  child.once('close', end).once('error', end)
  return {
    pid: child.pid,
    ready: ready.promise,
    ended: ended.promise,
    retire: () => void pending.whenIdle().then(() => child.kill('SIGKILL')),
    kill: () => void child.kill('SIGKILL'),
    async invoke(event) {
      if (!child.connected) return { kind: 'crashed' }
      const id = randomUUID()
      const result = pending.add(id)
      const deadlineMs = Date.now() + timeoutMs
      child.send({ id, event, deadlineMs }, error => error && pending.settle(id, { kind: 'crashed' }))
      return result
    },
  }
}

function forkContainer({ bundle, env, log }: ContainerOptions): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  const output = typeof log === 'number' ? log : 'pipe'
  const child = fork(main, [bundle], {
    env: { PATH, HOME, ...env },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', output, output, 'ipc'],
  })
  if (typeof log !== 'number') for (const stream of [child.stdout, child.stderr]) stream?.on('data', log)
  return child
}
