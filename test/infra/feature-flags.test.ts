import { readFileSync } from 'node:fs'
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api'
import { expect, test } from 'vitest'

test('every feature flag of the CDK has its recommended value, so that the synth needs no reminder', () => {
  const { stage, stages, ...flags } = JSON.parse(readFileSync('cdk.json', 'utf8')).context
  expect([typeof stage, typeof stages]).toEqual(['string', 'object'])
  expect(flags).toEqual(CURRENTLY_RECOMMENDED_FLAGS)
})
