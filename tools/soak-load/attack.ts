import type { Random } from '../soak/random.ts'
import { type Attacked, type BodySizes, createHostileRequests } from './hostile-requests.ts'
import { sendHostile } from './send-hostile.ts'

/** The size of an attack. It ends when `isOver` is true; each connection finishes its request. */
export interface AttackOptions {
  connections: number
  random: Random
  sizes: BodySizes
  isOver(): boolean
}

/**
 * Attacks a local relay with wrong requests on many connections at once. Resolves to the number of requests by their
 * result: a status, `broken off` or `no answer`.
 */
export async function attack(attacked: Attacked, options: AttackOptions): Promise<Record<string, number>> {
  const { connections, random, sizes, isOver } = options
  const next = createHostileRequests(attacked, sizes)
  const results: Record<string, number> = {}
  const client = async () => {
    while (!isOver()) {
      const result = await sendHostile(next(random))
      results[result] = (results[result] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
  return results
}
