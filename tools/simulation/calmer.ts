import { type Scenario, withChanges } from './scenario.ts'

/** Takes one kind of trouble out of a scenario. */
type Calm = (scenario: Scenario) => Scenario

/**
 * Ways to make a scenario simpler, one kind of trouble each: agents, crashes, faults of SQS, of RudderStack and of
 * Kustomer, rotations, and all containers but one. They are independent of each other.
 */
export function calmer({ faults, windows }: Scenario): Calm[] {
  const agents = { perHour: {}, betweenReadAndWrite: 0, requestsPerMinute: 0 }
  const crashes = {
    killPerCall: 0,
    freezePerCall: 0,
    zombiePerCall: 0,
    clockSkewMs: 0,
    retirePerInvocation: 0,
  }
  const names = new Set([...Object.keys(faults), ...windows.flatMap(({ chances }) => Object.keys(chances))])
  return [
    scenario => withChanges(scenario, { agents }),
    scenario => withChanges(scenario, { crashes }),
    scenario => withChanges(scenario, { sqs: { slow: 0, failed: 0, lost: 0, partial: 0 } }),
    scenario => withChanges(scenario, { table: { slow: 0, failed: 0, lost: 0 } }),
    scenario => withChanges(scenario, { sender: { answerLost: 0, restartsPerDay: 0 } }),
    scenario => withChanges(scenario, { rotations: { kustomerKey: [], webhookSecret: [] } }),
    scenario => ({ ...scenario, faults: {}, windows: [] }),
    ...[...names].map(name => without(name)),
    scenario => withChanges(scenario, { workerConcurrency: 1 }),
  ]
}

/** The scenario without one fault of Kustomer. */
function without(name: string): Calm {
  return scenario => ({
    ...scenario,
    faults: omit(scenario.faults, name),
    windows: scenario.windows.map(window => ({ ...window, chances: omit(window.chances, name) })),
  })
}

function omit<T extends object>(chances: T, name: string): T {
  return Object.fromEntries(Object.entries(chances).filter(([key]) => key !== name)) as T
}
