import { machineScenarios } from './machine-scenarios.ts'
import { type Scenario, withChanges } from './scenario.ts'
import { calm, mixed } from './scenario-base.ts'

/** A person whom no others share anything with, for comparisons of how the others fare. */
const besides = {
  ...{ people: 100, eventsPerMinute: 240, hotPart: 0.05, offline: 0, resent: 0 },
  ...{ sharedDevices: 0, foreignAddress: 0 },
}

const all: Scenario[] = [
  calm,
  mixed,
  withChanges(mixed, {
    name: 'outage',
    purpose: 'Kustomer is away for half an hour, in every way in which it can be.',
    drainHours: 8,
    windows: [
      { fromMinute: 10, toMinute: 20, chances: { error: 0.9, hang: 0.5 } },
      { fromMinute: 20, toMinute: 40, chances: { gatewayError: 0.5, broken: 0.9 } },
    ],
  }),
  withChanges(mixed, {
    name: 'wrong-host',
    purpose: 'For a quarter of an hour a gateway answers that does not know Kustomer.',
    windows: [{ fromMinute: 15, toMinute: 30, chances: { wrongHost: 0.9, page: 0.5 } }],
  }),
  withChanges(calm, {
    name: 'low-pace',
    purpose:
      'A share of so few requests that the look-ups of a batch of new people do not fit into one invocation.',
    minutes: 10,
    drainHours: 4,
    workload: { people: 60, eventsPerMinute: 12, sharedDevices: 0, guests: 0 },
    requestsPerMinute: 30,
  }),
  withChanges(mixed, {
    name: 'long-backlog',
    purpose: 'Events wait longer than a failing one may take until it is given up.',
    minutes: 60,
    drainHours: 24,
    workload: { people: 40, eventsPerMinute: 20 },
    requestsPerMinute: 20,
    giveUpAfterSeconds: 1_800,
  }),
  withChanges(mixed, {
    name: 'hot-person',
    purpose: 'Half of all events are one person’s.',
    workload: { people: 20, eventsPerMinute: 30, hotPart: 0.5, bots: 2 },
  }),
  withChanges(calm, {
    name: 'hanging-person',
    purpose: 'No request about one person is ever answered; the others do not notice.',
    minutes: 6,
    workload: besides,
    badPerson: { hang: 1 },
    isCompared: true,
  }),
  withChanges(calm, {
    name: 'slow-person',
    purpose: 'Every request about one person takes seconds; the others do not notice.',
    minutes: 6,
    workload: besides,
    badPerson: { slow: 1 },
    isCompared: true,
  }),
  withChanges(mixed, {
    name: 'shared-device',
    purpose: 'Families with one device and guests who type each other’s addresses.',
    workload: { people: 10, eventsPerMinute: 6, sharedDevices: 8, foreignAddress: 0.4 },
    agents: { betweenReadAndWrite: 0.2 },
  }),
  withChanges(mixed, {
    name: 'meddling',
    purpose: 'Agents edit while the relay is between its read and its write.',
    agents: {
      perHour: { address: 60, rename: 60, merge: 4, remove: 3, move: 4 },
      betweenReadAndWrite: 0.5,
    },
  }),
  withChanges(calm, {
    name: 'slow-tracking',
    purpose: 'Kustomer answers tracking events late, but within the time that it is given.',
    faults: { slowTracking: 0.5 },
  }),
  withChanges(calm, {
    name: 'throttled',
    purpose:
      'Other users of the limit leave nothing for hours, and the answers do not say for how long; then Kustomer fails now and then.',
    drainHours: 12,
    workload: { eventsPerMinute: 0.5 },
    giveUpAfterSeconds: 3_600,
    faults: { error: 0.3 },
    windows: [{ fromMinute: 5, toMinute: 420, chances: { throttledBare: 1 } }],
  }),
  withChanges(calm, {
    name: 'skewed-reset',
    purpose: 'Now and then a 429 names a reset that is hours or years away.',
    faults: { throttledFar: 0.01 },
    endsWithinSeconds: 900,
  }),
  ...machineScenarios,
]

/** All scenarios by name. */
export const scenarios: ReadonlyMap<string, Scenario> = new Map(
  all.map(scenario => [scenario.name, scenario]),
)
