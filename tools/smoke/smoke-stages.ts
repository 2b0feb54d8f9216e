import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { plainOptions } from './plain-options.ts'

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:123456789012:${resource}`

/**
 * moto creates no secrets and no keys with tags, so the stages use existing ones. It knows no domains, so no stage has
 * one: CloudFormation's schemas check that option (`test/infra/resource-schemas.test.ts`).
 */
const secrets = { webhook: 'smoke/webhook', kustomerKey: 'smoke/kustomer-api-key' }

const stages = {
  smoke: { secrets, retain: true, alarmTopicArn: arn('sns', 'on-call') },
  everything: {
    ...plainOptions,
    secrets: { ...secrets, kmsKeyArn: arn('kms', 'key/12345678-90ab-cdef-1234-567890abcdef') },
    allowedSourceIps: ['198.51.100.7', '203.0.113.0/24'],
    kmsKeyArn: arn('kms', 'key/12345678-90ab-cdef-1234-567890abcdef'),
    region: 'us-east-1',
    tags: { team: 'data' },
    retain: true,
    protect: false,
  },
}

/** The name of a stage of the smoke test: one that is usual in production, and one with every option. */
export type SmokeStage = keyof typeof stages

/** Returns the project's `cdk.json` with the stages of the smoke test, for a run of the CDK in another folder. */
export function smokeCdkJson() {
  const project = JSON.parse(readFileSync('cdk.json', 'utf8'))
  const app = `node ${resolve('infra/app.ts')}`
  return { ...project, app, context: { ...project.context, stage: 'smoke', stages } }
}
