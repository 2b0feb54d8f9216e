import { Queue } from 'aws-cdk-lib/aws-sqs'
import type { IConstruct } from 'constructs'
import { describe, expect, test } from 'vitest'
import { invariants } from '../../infra/checks/stack-invariants.ts'
import { breakages } from './breakages.ts'
import { stages, synthesized } from './synthesized.ts'

const dev = synthesized()

test.each(stages)('%s keeps every invariant', stage => {
  const template = synthesized(stage)
  for (const check of Object.values(invariants)) expect(check(template)).toEqual([])
})

describe('each invariant can fail', () => {
  test.each(breakages)('%s: %s', (name, _how, breakIt, sentence) => {
    const broken = structuredClone(dev)
    breakIt(broken)
    expect(invariants[name]?.(broken).join('\n')).toMatch(sentence)
  })

  test('each has a broken template', () => {
    expect([...new Set(breakages.map(([name]) => name))].sort()).toEqual(Object.keys(invariants).sort())
  })
})

describe('the synth fails', () => {
  test.each([
    ['a broken invariant', 'StackInvariants::tlsAlone'],
    ['a cdk-nag finding that is not acknowledged', 'AwsSolutions::AwsSolutions-SQS4'],
  ])('on %s', (_what, rule) => {
    const addQueue = (stack: IConstruct) => new Queue(stack, 'Extra')
    expect(() => synthesized('dev', {}, addQueue)).toThrow(rule)
  })
})
