import { describe, expect, test } from 'vitest'
import { dig, resourcesOf, type Template } from '../../infra/checks/template.ts'
import { stageKeyList } from '../../tools/docs/stage-table.ts'
import { everyOption } from './every-option.ts'
import { schemaFaults } from './schema-faults.ts'
import { synthesized } from './synthesized.ts'

describe("CloudFormation's schemas fit the template of", () => {
  test.each(Object.keys(everyOption))('%s', name => {
    expect(schemaFaults(synthesized('prod', everyOption[name]))).toEqual([])
  })

  test('every key of a stage, each with a value that is not its default', () => {
    const given = (name: string, fallback: unknown) =>
      Object.values(everyOption)
        .map(block => dig(block, ...name.split('.')))
        .some(value => value !== undefined && JSON.stringify(value) !== JSON.stringify(fallback))
    const missing = stageKeyList().filter(({ name, fallback }) => !given(name, fallback))
    expect(missing.map(({ name }) => name)).toEqual([])
  })
})

describe('a template that CloudFormation would refuse is found', () => {
  const broken = (
    change: (properties: Record<string, unknown>, template: Template) => void,
    type = 'SQS::Queue',
  ) => {
    const template = synthesized('prod', {})
    const [first] = resourcesOf(template, `AWS::${type}`)
    change(first?.properties ?? {}, template)
    return schemaFaults(template).join()
  }

  test.each<[string, Parameters<typeof broken>, RegExp]>([
    [
      'an unknown type',
      [(_, t) => Object.assign(t.Resources, { X: { Type: 'AWS::SQS::Queu' } })],
      /X: no resource type/,
    ],
    ['an unknown property', [p => Object.assign(p, { Visibility: 1 })], /Visibility: no such property/],
    [
      'a text for a number',
      [p => Object.assign(p, { VisibilityTimeout: '360' })],
      /VisibilityTimeout: is no integer/,
    ],
    ['a missing property', [p => delete p.Handler && delete p.Role, 'Lambda::Function'], /Role: is missing/],
    [
      'a value for a list',
      [p => Object.assign(p, { AlarmActions: 'arn:x' }), 'CloudWatch::Alarm'],
      /AlarmActions: is no list/,
    ],
    [
      'a wrong part of a part',
      [p => Object.assign(p, { TracingConfig: { Modus: 'Active' } }), 'Lambda::Function'],
      /Modus: no such property/,
    ],
    [
      'a value that is not allowed',
      [p => Object.assign(p, { TracingConfig: { Mode: 'Sometimes' } }), 'Lambda::Function'],
      /Mode: is none of Active, PassThrough/,
    ],
    ['a tag without a name', [p => Object.assign(p, { Tags: [{ Name: 'team', Value: 'x' }] })], /is no tag/],
  ])('%s', (_, change, sentence) => {
    expect(broken(...change)).toMatch(sentence)
  })
})
