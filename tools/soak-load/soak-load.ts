import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type StartedRelay, startLocalRelay } from './local-relay.ts'
import { processTree } from './process-tree.ts'
import { type RightClient, sendRight } from './right-client.ts'

/** The memory of one process in MB: before the attack, the most during it, and at the end. */
export interface MemoryResult {
  pid: number
  before: number
  most: number
  after: number
}

/** The result of an attack on a local relay. */
export interface LoadResult {
  /** Wrong requests by their result. */
  wrong: Record<string, number>
  right: RightClient
  /** Events of the right client that were accepted and not delivered. */
  undelivered: number
  /** Processes that ended or were restarted. */
  died: number[]
  memory: MemoryResult[]
}

/** Seconds that the queue may take to become empty, and the memory to return. */
const patienceSeconds = 120

/** The memory may be at most this many times that before the attack. */
const maxGrowth = 2

/** Whether everything held. */
export function holds({ right, undelivered, died, memory }: LoadResult): boolean {
  return right.notAccepted.length === 0 && undelivered === 0 && died.length === 0 && memory.every(hasReturned)
}

/** Whether the memory of a process is within twice of that before. */
export function hasReturned({ before, after }: MemoryResult): boolean {
  return after <= maxGrowth * before
}

/**
 * Attacks a local relay, as `npm start` runs it, with wrong requests on many connections, while a right client sends
 * events. Then it waits until all events are delivered and the memory has returned, at most two minutes each.
 * @throws Error if the relay does not start.
 */
export async function soakLoad(seconds: number, connections: number): Promise<LoadResult> {
  const relay = await startLocalRelay()
  try {
    const { url } = relay.place
    let sent = 0
    const warm = await sendRight(url, relay.secret, () => ++sent > 100)
    await wait(2_000)
    const before = processTree(relay.pid)
    const most = new Map(before.map(({ pid, mb }) => [pid, mb]))
    const watch = setInterval(() => watchMemory(relay.pid, most), 500)
    const wrong = startAttack(relay, seconds, connections)
    let isOver = false
    const right = sendRight(url, relay.secret, () => isOver)
    const results = await wrong
    isOver = true
    const seen = await right
    clearInterval(watch)
    const undelivered = await undeliveredOf(url, warm.events + seen.events)
    const memory = (after: Map<number, number>) =>
      before.map(({ pid, mb }) => ({ pid, before: mb, most: most.get(pid) ?? 0, after: after.get(pid) ?? 0 }))
    const after = await returned(relay.pid, map => memory(map).every(hasReturned))
    const died = before.map(({ pid }) => pid).filter(pid => !after.has(pid))
    return { wrong: results, right: seen, undelivered, died, memory: memory(after) }
  } finally {
    await relay.stop()
  }
}

async function startAttack({ place, secret }: StartedRelay, seconds: number, connections: number) {
  const { url, endpoint, kustomerUrl, people } = place
  const services = [endpoint, kustomerUrl, people?.endpoint].filter(one => one !== undefined)
  const attacked = { relay: url, services, secret }
  const child = fork(join(import.meta.dirname, 'attacker.ts'), [
    JSON.stringify({ attacked, connections, seconds }),
  ])
  const [results] = (await once(child, 'message')) as [Record<string, number>]
  return results
}

function watchMemory(root: number, most: Map<number, number>) {
  for (const { pid, mb } of processTree(root)) most.set(pid, Math.max(most.get(pid) ?? 0, mb))
}

/** Waits until the events are delivered. Returns how many are not. */
async function undeliveredOf(url: string, events: number): Promise<number> {
  for (let second = 0; ; second++) {
    const { delivered } = (await (await fetch(`${url}/local/status`)).json()) as { delivered: number }
    if (delivered >= events || second > patienceSeconds) return events - delivered
    await wait(1_000)
  }
}

/** Waits until the memory has returned. Returns the memory of each process. */
async function returned(root: number, isEnough: (memory: Map<number, number>) => boolean) {
  for (let second = 0; ; second++) {
    const memory = new Map(processTree(root).map(({ pid, mb }) => [pid, mb]))
    if (isEnough(memory) || second > patienceSeconds) return memory
    await wait(1_000)
  }
}
