import { personal } from '../../../tools/simulation/personal.ts'
import { type Scenario, withChanges } from '../../../tools/simulation/scenario.ts'
import { calm } from '../../../tools/simulation/scenario-base.ts'
import { breakCode, eachMinute, post, said } from './interfere.ts'
import type { Interfere } from './simulated-series.ts'

/** An incident: what is simulated, and the alarms that fire in it, which are all that may. */
export interface Incident {
  name: string
  scenario: Scenario
  /** How long the queues are watched. */
  watchMinutes: number
  interfere?: Interfere
  fires: string[]
  /** Changes of the stage's block. */
  block?: object
}

type Changes = Parameters<typeof withChanges>[1]

/** Twenty minutes with two events a minute, without guests, whose look-ups would only take time. */
const quiet = withChanges(calm, {
  minutes: 20,
  drainHours: 3,
  workload: {
    people: 8,
    eventsPerMinute: 2,
    sharedDevices: 0,
    offline: 0,
    resent: 0,
    backfilled: 0,
    foreignAddress: 0,
  },
  crashes: { retirePerInvocation: 0 },
})

const during = (fromMinute: number, toMinute: number, chances: object): Changes => ({
  windows: [{ fromMinute, toMinute, chances }],
})

const incident = (
  name: string,
  changes: Changes,
  fires: string[],
  more: Partial<Omit<Incident, 'name' | 'scenario' | 'fires'>> = {},
): Incident => ({ name, fires, watchMinutes: 30, ...more, scenario: withChanges(quiet, changes) })

/** Every alarm is in one of them at least. */
export const incidents: Incident[] = [
  incident('Kustomer is away for ten minutes', during(5, 15, { error: 1 }), ['kustomer-unavailable']),
  incident(
    'Kustomer is away for an hour',
    { minutes: 60, ...during(5, 60, { gatewayError: 1 }) },
    ['kustomer-unavailable', 'oldest-event'],
    { watchMinutes: 90 },
  ),
  incident(
    'Kustomer is away for nearly as long as events are tried',
    { minutes: 60, giveUpAfterSeconds: 3_600, ...during(5, 58, { hang: 0.5, error: 1 }) },
    ['kustomer-unavailable', 'near-giving-up', 'oldest-event'],
    { watchMinutes: 90, block: { giveUpAfterHours: 1 } },
  ),
  incident('Kustomer refuses the key', { minutes: 50 }, ['kustomer-unauthorized', 'oldest-event'], {
    watchMinutes: 60,
    interfere: eachMinute(
      5,
      6,
      ({ model }) => void Object.assign(model.kustomer.settings, { apiKey: 'another' }),
    ),
  }),
  incident('Kustomer refuses an event', during(5, 6, { rejected: 1 }), ['dead-lettered', 'dead-letters']),
  incident('RudderStack sends an invalid event in a list', {}, ['dead-lettered-at-ingest', 'dead-letters'], {
    interfere: post(`Bearer ${personal('secret-0')}`, '[{}]'),
  }),
  incident('a release throws', {}, ['events-failed'], { interfere: breakCode }),
  incident('a message kills its workers', { poison: 5 }, ['dead-lettered', 'dead-letters', 'worker-errors'], {
    watchMinutes: 60,
  }),
  incident('the table does not answer', { table: { failed: 1 } }, ['person-records']),
  incident('SQS takes no event', { minutes: 10, sqs: { failed: 1 } }, ['api-faults']),
  incident('SQS is slow', { sqs: { slow: 1, slowMs: 4_000 } }, ['slow-answers']),
  incident('RudderStack sends an invalid event', {}, ['events-lost', 'refused'], {
    interfere: post(`Bearer ${personal('secret-0')}`),
  }),
  incident('somebody calls with a wrong secret', {}, ['events-lost', 'unauthenticated'], {
    interfere: post('Bearer wrong'),
  }),
  incident('RudderStack calls a wrong path', {}, ['api-4xx', 'events-lost'], {
    interfere: said('accessLog ApiRefusals', 1),
  }),
  incident('RudderStack sends nothing', { minutes: 1 }, ['nothing-received'], { watchMinutes: 13 * 60 }),
  incident('dead letters lie there for twelve days', {}, ['dead-letters-expire', 'events-lost'], {
    interfere: said('deadLetters ApproximateAgeOfOldestMessage', 12 * 86_400),
  }),
  incident('a hundred thousand events wait', {}, ['backlog'], {
    interfere: said('queue ApproximateNumberOfMessagesVisible', 100_000),
  }),
  incident('somebody disables the event source', { minutes: 45 }, ['worker-stopped'], {
    watchMinutes: 60,
    interfere: eachMinute(5, 6, ({ relay }) => void Object.assign(relay.queue, { receive: () => [] })),
  }),
  incident('the account has no concurrency left', {}, ['worker-throttles'], {
    interfere: said('worker Throttles', 3),
  }),
]
