import { withChanges } from '../../../tools/simulation/scenario.ts'
import { calm } from '../../../tools/simulation/scenario-base.ts'
import type { Incident } from './incidents.ts'
import { said } from './interfere.ts'

/**
 * Eight hours of an ordinary day: an event a minute, many of them met by a cold start, single failures of everything,
 * RudderStack and containers that are restarted, both secrets rotated, and one visit of a stranger's scanner.
 */
export const ordinaryDay: Incident = {
  name: 'an ordinary day',
  watchMinutes: 480,
  scenario: withChanges(calm, {
    minutes: 480,
    workload: { people: 30, eventsPerMinute: 1, hotPart: 0.1, bots: 1 },
    faults: { slow: 0.004, hang: 0.002, error: 0.01, gatewayError: 0.006, lost: 0.004, throttled: 0.001 },
    agents: { perHour: { address: 4, rename: 4 }, betweenReadAndWrite: 0.02, requestsPerMinute: 5 },
    sender: { answerLost: 0.005, restartsPerDay: 12 },
    crashes: { retirePerInvocation: 0.3 },
    sqs: { slow: 0.0005, slowMs: 2_500, failed: 0.0005, lost: 0.0005, partial: 0.001 },
    table: { slow: 0.003, slowMs: 1_500, failed: 0.003, lost: 0.001 },
    rotations: { kustomerKey: [100], webhookSecret: [200] },
  }),
  interfere: said('accessLog ApiRefusals', 3, 40, 41),
  fires: [],
}
