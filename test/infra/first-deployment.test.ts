import { describe, expect, test } from 'vitest'
import { dig, type Resource, type Template } from '../../infra/checks/template.ts'
import { assembled, synthesized } from './synthesized.ts'

/**
 * The resources that CloudFormation leaves behind when a creation fails after the first `count` of them: it deletes each
 * that was created, but not those with the policy `Retain`, and not a table that is protected (docs.aws.amazon.com,
 * CloudFormation template reference, "DeletionPolicy attribute"; DynamoDB developer guide, "Using deletion protection",
 * read 2026-11-26).
 */
function leftAfterFailure({ Resources }: Template, count: number): string[] {
  const isLeft = ({ DeletionPolicy, Properties }: Resource) =>
    DeletionPolicy === 'Retain' || dig(Properties, 'DeletionProtectionEnabled') === true
  return Object.values(Resources)
    .slice(0, count)
    .filter(isLeft)
    .map(({ Type }) => Type)
}

describe('a first deployment that fails', () => {
  const template = synthesized('prod', { retain: true })
  const count = Object.keys(template.Resources).length

  test('leaves nothing, at whichever resource it fails, so that every name is free again', () => {
    const left = Array.from({ length: count + 1 }, (_, failedAt) => leftAfterFailure(template, failedAt))
    expect(left.flat()).toEqual([])
  })

  test('leaves a stack that can be deleted, which the next deployment needs', () => {
    expect(assembled('prod', { retain: true }).terminationProtection ?? false).toBe(false)
  })

  test('would leave the table of a stage that is protected from the start', () => {
    expect(leftAfterFailure(synthesized('prod', { retain: true, protect: true }), count)).toEqual([
      'AWS::DynamoDB::Table',
    ])
  })

  test('would leave everything with a name under the policy Retain', () => {
    for (const resource of Object.values(template.Resources))
      if (resource.DeletionPolicy === 'RetainExceptOnCreate') resource.DeletionPolicy = 'Retain'
    expect(leftAfterFailure(template, count).length).toBeGreaterThanOrEqual(9)
  })
})
