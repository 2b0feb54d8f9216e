import { rate } from '../policy.ts'

/** What a limit of `perMinute` requests leaves to the people who work in Kustomer's app. */
interface Limit {
  perMinute: number
  share: number
}

/**
 * Whether the relay makes way for the agents, given what `remaining` says: it begins when less remains than their part,
 * by more than measuring is inexact, and ends when their part remains.
 */
export function mustYield(remaining: number, { perMinute, share }: Limit, isYielding: boolean): boolean {
  const agentsPart = perMinute * (1 - share)
  // Kustomer counts whole requests, so 1 is the least inexactness.
  const inexactness = perMinute * share * rate.tolerance + 1
  return remaining < (isYielding ? agentsPart : agentsPart - inexactness)
}
