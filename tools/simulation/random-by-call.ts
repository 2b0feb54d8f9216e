import type { KustomerCall } from './kustomer-log.ts'
import type { Random } from './random.ts'

/**
 * Gives each request randomness of its own, named by what it is about and how often that was asked before. So a run
 * with fewer events keeps the faults and times of the requests that are still made.
 */
export function randomByCall(random: Random): (call: KustomerCall) => Random {
  const asked = new Map<string, number>()
  return ({ kind, marks, externalIds, path }) => {
    const name = `${kind} ${marks.join(' ') || externalIds[0] || path}`
    const count = (asked.get(name) ?? 0) + 1
    asked.set(name, count)
    return random.fork(`${name} ${count}`)
  }
}
