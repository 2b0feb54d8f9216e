import { type Scenario, withChanges } from './scenario.ts'
import { calm, mixed } from './scenario-base.ts'

/** The scenarios in which containers, queues, tables and keys fail. */
export const machineScenarios: readonly Scenario[] = [
  withChanges(mixed, {
    name: 'hard-day',
    purpose: 'Everything that can go wrong, often, while agents merge, delete and rearrange customers.',
    workload: { foreignAddress: 0.4, backfilled: 0.8, resent: 0.3, sharedDevices: 6, offline: 0.2 },
    agents: {
      perHour: { address: 20, rename: 60, merge: 6, remove: 6, move: 6 },
      betweenReadAndWrite: 0.5,
    },
    crashes: {
      clockSkewMs: 3_000,
      killPerCall: 0.004,
      freezePerCall: 0.004,
      freezeMs: 60_000,
      zombiePerCall: 0.002,
    },
    table: { slow: 0.02, slowMs: 3_000, failed: 0.02, lost: 0.02 },
  }),
  withChanges(mixed, {
    name: 'flaky-queue',
    purpose: 'SQS is slow, fails, and does what it says that it has not done.',
    drainHours: 24,
    sender: { eventsPerRequest: 20, answerLost: 0.05 },
    faults: { rejected: 0.05 },
    sqs: { slow: 0.1, slowMs: 9_000, failed: 0.1, lost: 0.05, partial: 0.1 },
  }),
  withChanges(calm, {
    name: 'slow-queue',
    purpose:
      'SQS and Kustomer are slow together while there is much to do: invocations come close to their deadline.',
    drainHours: 24,
    workload: { people: 40, eventsPerMinute: 10 },
    requestsPerMinute: 100,
    faults: { hang: 0.05, slow: 0.1, rejected: 0.05 },
    sqs: { slow: 0.5, slowMs: 9_000 },
  }),
  withChanges(calm, {
    name: 'hiccups',
    purpose: 'Kustomer fails now and then; every event ends before a visibility time-out would pass.',
    workload: { eventsPerMinute: 10, hotPart: 0.5, bots: 2 },
    faults: { error: 0.03 },
    endsWithinSeconds: 300,
  }),
  withChanges(mixed, {
    name: 'flaky-table',
    purpose:
      'The table that all containers share is slow, throttles, and does what it says that it has not done.',
    table: { slow: 0.05, slowMs: 5_000, failed: 0.05, lost: 0.03 },
  }),
  withChanges(mixed, {
    name: 'crashes',
    purpose: 'Containers die and freeze all the time.',
    crashes: {
      ...{ killPerCall: 0.01, freezePerCall: 0.01, freezeMs: 90_000, zombiePerCall: 0.01 },
      retirePerInvocation: 0.1,
    },
  }),
  withChanges(calm, {
    name: 'rotation',
    purpose: 'Keys and secrets are changed again and again, and no event waits for long because of it.',
    workload: { eventsPerMinute: 10 },
    rotations: { kustomerKey: [3, 5, 8, 10, 20, 30, 40], webhookSecret: [4, 15, 35] },
    endsWithinSeconds: 120,
  }),
  withChanges(calm, {
    name: 'poison',
    purpose: 'One message kills every worker that reads it.',
    drainHours: 6,
    poison: 20,
  }),
]
