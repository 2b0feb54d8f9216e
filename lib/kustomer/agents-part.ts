import { rate } from '../policy.ts'

/** The organisation's limit in requests per minute, and the relay's share of it (0 to 1). The agents have the rest. */
interface Limit {
  perMinute: number
  share: number
}

/**
 * Whether the relay must slow down for the agents, given the `remaining` requests. It starts when less than their part
 * remains, allowing for inexact measurement, and ends when their part remains again.
 */
export function mustYield(remaining: number, { perMinute, share }: Limit, isYielding: boolean): boolean {
  const agentsPart = perMinute * (1 - share)
  // Kustomer counts whole requests, so the measurement is off by up to 1.
  const inexactness = perMinute * share * rate.tolerance + 1
  return remaining < (isYielding ? agentsPart : agentsPart - inexactness)
}
