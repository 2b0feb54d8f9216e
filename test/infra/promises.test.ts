import { Queue } from 'aws-cdk-lib/aws-sqs'
import type { IConstruct } from 'constructs'
import { describe, expect, test } from 'vitest'
import { promises } from '../../infra/checks/promises.ts'
import { breakages } from './breakages.ts'
import { stages, synthesized } from './synthesized.ts'

const dev = synthesized()

test.each(stages)('%s keeps every promise', stage => {
  const template = synthesized(stage)
  for (const check of Object.values(promises)) expect(check(template)).toEqual([])
})

describe('each promise is seen to be broken', () => {
  test.each(breakages)('%s: %s', (name, _how, breakIt, sentence) => {
    const broken = structuredClone(dev)
    breakIt(broken)
    expect(promises[name]?.(broken).join('\n')).toMatch(sentence)
  })

  test('none is without a breakage', () => {
    expect([...new Set(breakages.map(([name]) => name))].sort()).toEqual(Object.keys(promises).sort())
  })
})

describe('the synth fails', () => {
  test.each([
    ['a broken promise', 'Promises::tlsAlone'],
    ['a nag finding that nobody acknowledged', 'AwsSolutions::AwsSolutions-SQS4'],
  ])('on %s', (_what, rule) => {
    const addQueue = (stack: IConstruct) => new Queue(stack, 'Extra')
    expect(() => synthesized('dev', {}, addQueue)).toThrow(rule)
  })
})
