import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dig, list, resourcesOf, type Template } from '../../infra/checks/template.ts'
import { metrics } from '../../lib/policy.ts'
import { alarmDefinitions } from './alarms/alarm-definition.ts'
import { assembled, stages, synthesized } from './synthesized.ts'

const everything = synthesized('prod', { alarmEmail: 'on-call@example.com', silenceAlarmHours: 12 })
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
const topicArn = 'arn:aws:sns:eu-west-1:123456789012:on-call'

/** The alarms of a template by their names, without the prefix of the stage. */
function alarmsOf(template: Template) {
  const types = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']
  return types
    .flatMap(type => resourcesOf(template, type))
    .map(({ properties }) => ({
      name: String(dig(properties, 'AlarmName')).replace(/^kustomer-relay-[a-z]+-/, ''),
      text: String(dig(properties, 'AlarmDescription')),
      properties,
    }))
}

describe('an alarm', () => {
  test('of one stage never has the name of another stage', () => {
    const names = alarmsOf(everything).map(({ name }) => name)
    expect(names).toHaveLength(21)
    expect(new Set(names).size).toBe(21)
    // Otherwise the stage prod-api would have an alarm of the stage prod.
    expect(names.filter(name => names.some(other => other.endsWith(`-${name}`)))).toEqual([])
  })

  test('uses metrics that the functions write, with the names of the policy', () => {
    const { namespace, ...names } = metrics
    for (const stage of stages) {
      const own = alarmsOf(synthesized(stage))
        .flatMap(({ properties }) => [
          properties,
          ...list(dig(properties, 'Metrics')).map(m => dig(m, 'MetricStat', 'Metric')),
        ])
        .filter(metric => String(dig(metric, 'Namespace')).startsWith(namespace))
      expect(new Set(own.map(metric => dig(metric, 'Namespace')))).toEqual(new Set([`${namespace}/${stage}`]))
      for (const metric of own) expect(Object.values<unknown>(names)).toContain(dig(metric, 'MetricName'))
    }
  })

  test('about silence exists only where the stage asks for it', () => {
    expect(alarmsOf(synthesized()).map(({ name }) => name)).not.toContain('nothing-received')
    expect(alarmsOf(everything).find(({ name }) => name === 'nothing-received')?.properties).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 3_600,
      EvaluationPeriods: 12,
      TreatMissingData: 'breaching',
    })
  })

  test('about events that are near their end follows giveUpAfterHours', () => {
    const threshold = (block: object) =>
      alarmsOf(synthesized('prod', block)).find(({ name }) => name === 'near-giving-up')?.properties.Threshold
    expect(threshold({ alarmEmail: 'on-call@example.com', silenceAlarmHours: 12 })).toBe(172_800)
    expect(threshold({ giveUpAfterHours: 3, alarmTopicArn: topicArn })).toBe(7_200)
  })

  test('is part of events-lost where it means a loss', () => {
    const lost = alarmsOf(everything).find(({ name }) => name === 'events-lost')
    const rule = JSON.stringify(lost?.properties.AlarmRule)
    const parts = [...rule.matchAll(/"Fn::GetAtt":\["Alarms([A-Za-z]+)[0-9A-F]{8}/g)].map(([, id]) => id)
    expect(parts).toEqual(['Refused', 'Unauthenticated', 'ApiRefusals', 'DeadLettersExpire'])
  })
})

describe('the alarms are heard', () => {
  test('by the address and the existing topic that the stage names, and no topic is created', () => {
    const template = synthesized('prod', { giveUpAfterHours: 3, alarmTopicArn: topicArn })
    expect(resourcesOf(template, 'AWS::SNS::Topic')).toEqual([])
    expect(resourcesOf(template, 'AWS::KMS::Key')).toEqual([])
    for (const { properties } of alarmsOf(template))
      expect(properties).toMatchObject({ AlarmActions: [topicArn], OKActions: [topicArn] })
    expect(template.Outputs).toMatchObject({ AlarmTopicArn: { Value: topicArn } })
  })

  test.each([
    [
      'retained and nobody listens',
      { retain: true },
      ['Nobody hears the alarms: set alarmEmail or alarmTopicArn in stages.prod of cdk.json.'],
    ],
    ['retained and somebody listens', { retain: true, alarmEmail: 'on-call@example.com' }, []],
    ['not retained', {}, []],
  ])('a stage that is %s has these warnings at synth', (_, block, expected) => {
    const warnings = assembled('prod', block).messages.filter(({ level }) => level === 'warning')
    expect(warnings.map(({ entry }) => String(entry.data).replace(/ \[ack:.*/, ''))).toEqual(expected)
  })
})

describe('docs/alarms.md', () => {
  const sections = new Map(
    readFileSync('docs/alarms.md', 'utf8')
      .split(/^## /m)
      .slice(1)
      .map(section => [section.split('\n')[0]?.trim(), section]),
  )

  test.each(alarmsOf(everything))('explains $name, and its text links there', ({ name, text }) => {
    expect(text).toMatch(new RegExp(`^[A-Z].+\\. docs/alarms\\.md#${name}$`))
    const section = sections.get(name)
    for (const part of ['**Means.**', '**Meanwhile.**', '**Run.**', '**Ends.**'])
      expect(section).toContain(part)
    const [, commands = ''] = /```sh\n([\s\S]*?)```/.exec(section ?? '') ?? []
    expect(commands.trim().split('\n')).toHaveLength(3)
    for (const [, script = ''] of commands.matchAll(/npm run ([\w:]+)/g))
      expect(scripts).toHaveProperty([script])
  })

  test.each(alarmDefinitions(everything).filter(({ datapointsToAlarm }) => datapointsToAlarm > 1))(
    'names the periods of $name as the alarm has them',
    ({ name, datapointsToAlarm, evaluationPeriods, isMissingBreaching }) => {
      const [, fires] = /\*\*Fires\*\* (.*)/.exec(sections.get(name) ?? '') ?? []
      expect(fires).toContain(
        isMissingBreaching ? '`silenceAlarmHours`' : `in ${datapointsToAlarm} of ${evaluationPeriods} `,
      )
    },
  )
})
