import { describe, expect, test } from 'vitest'
import { withChanges } from '../../tools/simulation/scenario.ts'
import { alarmDefinitions, compositeAlarms } from './alarms/alarm-definition.ts'
import { firedAlarms } from './alarms/fired-alarms.ts'
import { type Incident, incidents } from './alarms/incidents.ts'
import { ordinaryDay } from './alarms/ordinary-day.ts'
import { simulatedSeries } from './alarms/simulated-series.ts'
import { synthesized } from './synthesized.ts'

const block = { alarmEmail: 'on-call@example.com', silenceAlarmHours: 12 }

async function firedIn({ scenario, watchMinutes, interfere, ...incident }: Incident) {
  const series = await simulatedSeries(scenario, watchMinutes, interfere)
  return firedAlarms(synthesized('prod', { ...block, ...incident.block }), series)
}

describe('these alarms fire, and no others, when', () => {
  test.each(incidents)('$name: $fires', async incident => {
    expect(await firedIn(incident)).toEqual(incident.fires)
  })

  test('every alarm of the stack has its incident', () => {
    const template = synthesized('prod', block)
    const names = [...alarmDefinitions(template), ...compositeAlarms(template)].map(({ name }) => name)
    expect([...new Set(incidents.flatMap(({ fires }) => fires))].sort()).toEqual(names.sort())
  })
})

describe('on an ordinary day', () => {
  test('with restarts, cold starts and single failures, no alarm fires', async () => {
    expect(await firedIn(ordinaryDay)).toEqual([])
  })

  test('with ten minutes without Kustomer, one alarm fires', async () => {
    const windows = [{ fromMinute: 60, toMinute: 70, chances: { error: 1 } }]
    const scenario = withChanges(ordinaryDay.scenario, { minutes: 120, windows })
    expect(await firedIn({ ...ordinaryDay, scenario, watchMinutes: 150 })).toEqual(['kustomer-unavailable'])
  })
})
