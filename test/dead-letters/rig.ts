import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { DeadLetter } from '../../lib/queue/dead-letter.ts'
import { groupIdOf, sealEnvelope } from '../../lib/queue/envelope.ts'
import { sendDeadLetter } from '../../lib/queue/sqs.ts'
import { main } from '../../tools/dlq/main.ts'
import { localRegion } from '../../tools/local-relay/local-aws.ts'
import { writeLocalFile } from '../../tools/local-relay/local-file.ts'
import { startQueues } from '../../tools/local-relay/queues.ts'
import { type Passing, startSqsProxy, type Verdict } from '../queue/sqs-proxy.ts'
import { accessHeaders } from '../system/access-headers.ts'
import { runInProcess } from '../terminal/in-process.ts'

/** A message as the emulator lists it, without receiving it. */
export interface Seen {
  messageId: string
  body: string
  messageGroupId: string
  messageDeduplicationId: string
}

interface Inspection {
  messages: { ready: Seen[]; inflight: { message: Seen; receiptHandle: string }[] }
}

const script = join(import.meta.dirname, '../../tools/bin/dlq.ts')

/** The time at which the first event of a test arrived at ingest. */
export const startMs = Date.UTC(2026, 10, 23, 9)

/** The n-th event of a person, a track, as ingest seals it. */
export function sealedTrack(person: string, n: number, name = 'Order Completed') {
  const id = `${person}-${n}`
  const event = {
    type: 'track',
    event: name,
    userId: person,
    messageId: id,
    properties: { email: 'ann@x.io', n },
  }
  return sealEnvelope({ version: 1, id, receivedAt: new Date(startMs + n * 1000).toISOString(), event })
}

/** The message group of a person; the tools do not know the salt. */
export function groupOf(person: string): string {
  return groupIdOf(person, 'the salt of the stack')
}

/** A dead letter as the worker dead-letters it. */
export function deadLetter(person: string, n: number, changes: Partial<DeadLetter> = {}): DeadLetter {
  return {
    body: sealedTrack(person, n),
    code: 'REJECTED',
    why: 'meta.n must be text',
    status: 400,
    attempts: 1,
    failedAtMs: startMs + 60_000 + n * 1000,
    eventType: 'track',
    eventName: 'Order Completed',
    messageId: `${person}-${n}`,
    groupId: groupOf(person),
    ...changes,
  }
}

/** The queues of a local relay on loopback, and functions to fill, inspect and use them. */
export async function startRig() {
  const queues = await startQueues(30)
  const { credentials, queueUrl, deadLetterQueueUrl } = queues
  const home = await mkdtemp(join(tmpdir(), 'dlq-'))
  onTestFinished(async () => {
    await queues.close()
    await rm(home, { recursive: true })
  })
  await mkdir(join(home, '.relay'))
  /** Makes `--local` use these queues, through `endpoint`. */
  const serveLocal = (endpoint = queues.endpoint, url = endpoint) =>
    writeLocalFile(join(home, '.relay'), {
      ...{ queueUrl, deadLetterQueueUrl, endpoint, url },
      ...credentials,
    })
  serveLocal()
  const inspect = async (url: string) => {
    const answer = await fetch(`${queues.endpoint}/_fauxqs/queues/${url.split('/').at(-1)}`, {
      headers: accessHeaders(credentials),
    })
    return ((await answer.json()) as Inspection).messages
  }
  const all = async (url: string) => {
    const { ready, inflight } = await inspect(url)
    return [...ready, ...inflight.map(({ message }) => message)]
  }
  return {
    queues,
    home,
    serveLocal,
    sendDeadLetter: async (deadLetters: DeadLetter[]) => {
      for (const [i, one] of deadLetters.entries())
        await sendDeadLetter(
          queues.sqs,
          deadLetterQueueUrl,
          one,
          `${one.messageId}/${i}/${deadLetters.length}`,
        )
    },
    /** Puts a proxy in front of SQS, for `--local` too. It ends with the test. */
    async proxy(judge?: (passing: Passing) => Verdict) {
      const proxy = await startSqsProxy(queues.endpoint, judge)
      onTestFinished(proxy.close)
      serveLocal(proxy.url)
      return proxy
    },
    waiting: () => all(queueUrl),
    deadLetters: () => all(deadLetterQueueUrl),
    hidden: async () => (await inspect(deadLetterQueueUrl)).inflight,
    dlq: (...args: string[]) => runInProcess(main, args, { cwd: home }),
    spawn: (...args: string[]) => start(home, args),
  }
}

/** Starts the command as a process in a folder. `ended` resolves to its exit code (or signal) and its output. */
function start(home: string, args: string[]) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, AWS_REGION: localRegion },
  })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const ended = new Promise<{ code: number | NodeJS.Signals | null; out: string; err: string }>(resolve =>
    child.on('close', (code, signal) => resolve({ code: code ?? signal, out, err })),
  )
  return { child, ended }
}
