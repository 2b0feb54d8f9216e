import { type Scenario, withChanges } from './scenario.ts'

/** Nothing fails: what breaks here is broken on every day. */
export const calm: Scenario = {
  name: 'calm',
  purpose: 'Nothing fails.',
  minutes: 60,
  drainHours: 2,
  workload: {
    ...{ people: 12, eventsPerMinute: 4, hotPart: 0, sharedDevices: 2, bots: 0, guests: 0.6 },
    ...{ foreignAddress: 0.1, offline: 0.05, resent: 0.05, backfilled: 0.1 },
  },
  workerConcurrency: 5,
  requestsPerMinute: 1_000,
  share: 0.8,
  giveUpAfterSeconds: 259_200,
  faults: {},
  windows: [],
  agents: { perHour: {}, betweenReadAndWrite: 0, requestsPerMinute: 0 },
  sender: { answerLost: 0, restartsPerDay: 0, eventsPerRequest: 1 },
  crashes: { killPerCall: 0, freezePerCall: 0, freezeMs: 0, clockSkewMs: 0, retirePerInvocation: 0.02 },
  sqs: { slow: 0, slowMs: 0, failed: 0, lost: 0, partial: 0 },
  table: { slow: 0, slowMs: 0, failed: 0, lost: 0 },
  rotations: { kustomerKey: [], webhookSecret: [] },
  isCompared: false,
}

const usualFaults = {
  ...{ slow: 0.004, hang: 0.002, lost: 0.004, late: 0.003, broken: 0.004, brokenAfterWrite: 0.004 },
  ...{ error: 0.01, gatewayError: 0.006, gatewayTimeout: 0.004, page: 0.003, cut: 0.006, oddJson: 0.003 },
  ...{ redirect: 0.002, upgrade: 0.001, rejected: 0.006, lookUpRejected: 0.01, bareConflict: 0.01 },
  ...{ wrongHost: 0.002, goneOnce: 0.004, throttled: 0.001, throttledBare: 0.002, throttledFar: 0.001 },
  throttledCustomer: 0.004,
}

const usualAgents = {
  perHour: { address: 10, rename: 6, merge: 0.5, remove: 0.5, move: 0.5 },
  ...{ betweenReadAndWrite: 0.05, requestsPerMinute: 5 },
}

/** A little of everything that can go wrong. */
export const mixed = withChanges(calm, {
  name: 'mixed',
  purpose: 'A little of everything.',
  drainHours: 6,
  workload: { hotPart: 0.1, bots: 1 },
  faults: usualFaults,
  agents: usualAgents,
  sender: { answerLost: 0.01, restartsPerDay: 6 },
  crashes: {
    ...{ killPerCall: 0.001, freezePerCall: 0.001, freezeMs: 20_000, zombiePerCall: 0.0005 },
    // The clocks of two containers differ by 2 s at most.
    clockSkewMs: 1_000,
  },
  sqs: { slow: 0.005, slowMs: 4_000, failed: 0.005, lost: 0.003, partial: 0.005 },
  table: { slow: 0.005, slowMs: 1_500, failed: 0.004, lost: 0.002 },
  rotations: { kustomerKey: [20], webhookSecret: [40] },
})
