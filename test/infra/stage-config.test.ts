import { describe, expect, test, vi } from 'vitest'
import { relayApp } from '../../infra/relay-app.ts'
import { nearest } from '../../infra/stage-config/nearest.ts'
import { StageConfigError } from '../../infra/stage-config/stage-config-error.ts'
import { readStageConfig } from '../../infra/stage-config.ts'
import { defaultSettings, functions, rate, throttling } from '../../lib/policy.ts'

describe('a valid block', () => {
  test('without values has every default of the policy', () => {
    expect(readStageConfig({ dev: {} }, 'dev')).toEqual({
      settings: defaultSettings,
      allowOtherHosts: false,
      rate: { requestsPerMinute: rate.requestsPerMinute, share: rate.share },
      workerConcurrency: functions.workerConcurrency,
      giveUpAfterHours: 72,
      resendUnchangedAfterHours: 24,
      throttling: { perSecond: throttling.requestsPerSecond, burst: throttling.burst },
      logRetentionDays: 30,
      tracing: false,
      secrets: {},
      silenceAlarmHours: 0,
      tags: {},
      retain: false,
      protect: false,
    })
  })

  test('with every value is used as it is, the host without its slash', () => {
    const full = {
      settings: { ...defaultSettings, baseEndpoint: 'https://api.prod2.kustomerapp.com/', genericPage: true },
      rate: { requestsPerMinute: 2000, share: 0.5 },
      allowOtherHosts: false,
      workerConcurrency: 4,
      giveUpAfterHours: 24,
      resendUnchangedAfterHours: 0,
      throttling: { perSecond: 10, burst: 20 },
      logRetentionDays: 14,
      tracing: true,
      alarmEmail: 'on-call@example.com',
      alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:on-call',
      silenceAlarmHours: 12,
      domain: {
        name: 'events.example.com',
        certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/ab-12',
      },
      secrets: { webhook: 'team/webhook', kustomerKey: 'team/kustomer' },
      region: 'eu-west-1',
      tags: { team: 'data', 'cost center': '7 + 8' },
      retain: true,
      protect: true,
    }
    const settings = { ...full.settings, baseEndpoint: 'https://api.prod2.kustomerapp.com' }
    expect(readStageConfig({ prod: full }, 'prod')).toEqual({ ...full, settings })
  })
})

test('a host that is not Kustomer’s is taken when the stage allows it', () => {
  const block = { settings: { baseEndpoint: 'https://proxy.example/' }, allowOtherHosts: true }
  expect(readStageConfig({ dev: block }, 'dev').settings.baseEndpoint).toBe('https://proxy.example')
})

describe('an error has its path, what was expected and what was found', () => {
  test.each([
    [
      { workerConcurency: 4 },
      'workerConcurency: expected a known key (did you mean workerConcurrency?), found "workerConcurency"',
    ],
    [
      { colour: 1 },
      /colour: expected a known key \(one of settings, allowOtherHosts, rate, .*protect\), found "colour"/,
    ],
    [
      { settings: { genericpage: true } },
      'settings.genericpage: expected a known key (did you mean genericPage?), found "genericpage"',
    ],
    [{ settings: { stampEvents: 'true' } }, 'settings.stampEvents: expected true or false, found "true"'],
    [
      { settings: { baseEndpoint: 'http://api.kustomerapp.com' } },
      /settings.baseEndpoint: expected an https URL of a host alone/,
    ],
    [
      { settings: { baseEndpoint: 'https://api.kustomerapp.com/v1' } },
      /settings.baseEndpoint: expected an https URL/,
    ],
    [
      { settings: { baseEndpoint: 'https://me@api.kustomerapp.com' } },
      /settings.baseEndpoint: expected an https URL/,
    ],
    [
      { settings: { baseEndpoint: 'https://proxy.example' } },
      /settings.baseEndpoint: expected a host of Kustomer's.*needs allowOtherHosts: true in the stage, found "https:\/\/proxy.example"/,
    ],
    [{ allowOtherHosts: 'yes' }, 'allowOtherHosts: expected true or false, found "yes"'],
    [{ settings: { allowOtherHosts: true } }, /settings.allowOtherHosts: expected a known key/],
    [{ rate: { share: 80 } }, 'rate.share: expected a number from 0.01 to 1, found 80'],
    [{ rate: 1000 }, 'rate: expected an object, found 1000'],
    [
      { rate: { requestsPerMinute: 20, share: 0.5 } },
      'rate: expected at least 12 requests a minute for the relay',
    ],
    [{ workerConcurrency: 1 }, 'workerConcurrency: expected a whole number from 2 to 1000, found 1'],
    [{ workerConcurrency: 2.5 }, 'workerConcurrency: expected a whole number from 2 to 1000, found 2.5'],
    [{ giveUpAfterHours: 336 }, 'giveUpAfterHours: expected a whole number from 1 to 200, found 336'],
    [
      { logRetentionDays: 8 },
      /logRetentionDays: expected a number of days that CloudWatch Logs supports .*, found 8/,
    ],
    [{ logRetentionDays: 9999 }, /logRetentionDays: .*found 9999/],
    [{ alarmEmail: null }, 'alarmEmail: expected an e-mail address, found null'],
    [{ domain: { name: 'events.example.com' } }, 'domain.certificateArn: expected a value, found nothing'],
    [{ tags: { 'aws:x': 'y' } }, 'tags.aws:x: expected a tag\'s name, not starting with aws:, found "aws:x"'],
    [
      { tags: { Stage: 'x' } },
      'tags.Stage: expected no second tag stage: IAM ignores the case of tag names, found "Stage"',
    ],
    [{ tags: { team: 'x', Team: 'y' } }, 'tags.Team: expected no second tag team: IAM ignores'],
    [{ region: 'Ireland' }, 'region: expected an AWS region, like eu-west-1, found "Ireland"'],
    [
      {
        region: 'eu-west-1',
        domain: { name: 'events.example.com', certificateArn: certificate('us-east-1') },
      },
      'domain.certificateArn: expected an ARN of the stack\'s region eu-west-1, found "us-east-1"',
    ],
    [
      { region: 'eu-west-1', alarmTopicArn: 'arn:aws:sns:us-east-1:123456789012:on-call' },
      "alarmTopicArn: expected an ARN of the stack's region eu-west-1",
    ],
    [
      { alarmTopicArn: 'arn:aws:sns:us-east-1:123456789012:on-call.fifo' },
      'alarmTopicArn: expected the ARN of a standard SNS topic',
    ],
    [{ allowedSourceIps: [] }, 'allowedSourceIps: expected a list of up to 100 IP addresses'],
    [{ allowedSourceIps: ['203.0.113.0/33'] }, 'allowedSourceIps: expected a list of up to 100 IP addresses'],
    [
      { allowedSourceIps: ['events.example.com'] },
      'allowedSourceIps: expected a list of up to 100 IP addresses',
    ],
    [{ kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/mine' }, 'kmsKeyArn: expected the ARN of a key'],
    [
      {
        region: 'us-east-1',
        secrets: { kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/12345678-90ab-cdef-1234-567890abcdef' },
      },
      "secrets.kmsKeyArn: expected an ARN of the stack's region us-east-1",
    ],
    [{ rate: [] }, 'rate: expected an object, found a list'],
    [{ rate: [1] }, 'rate: expected an object, found a list'],
    [{ tags: [] }, 'tags: expected an object of texts, found a list'],
    [{ retain: 'yes' }, 'retain: expected true or false, found "yes"'],
  ])('%j', (block, sentence) => {
    const { faults, message } = refused({ prod: block }, 'prod')
    expect(faults).toHaveLength(1)
    expect(message).toMatch(typeof sentence === 'string' ? `stages.prod.${sentence}` : sentence)
  })

  test('all errors are reported at once, also every unknown key', () => {
    const { faults } = refused(
      { prod: { retian: true, colour: 1, rate: { share: 2, shar: 1 }, domain: {} } },
      'prod',
    )
    expect(faults.map(({ path }) => path).sort()).toEqual(
      ['colour', 'domain.certificateArn', 'domain.name', 'rate.shar', 'rate.share', 'retian'].map(
        p => `stages.prod.${p}`,
      ),
    )
  })

  test('a key in place of the name of its secret is refused and not shown', () => {
    const key = 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6IjEifQ.abc'
    const { message } = refused({ prod: { secrets: { kustomerKey: key } } }, 'prod')
    expect(message).toContain('stages.prod.secrets.kustomerKey: expected the name of a secret')
    expect(message).not.toContain('eyJ')
  })
})

describe('the stage itself', () => {
  test.each([
    ['prd', 'stage: expected a known stage (did you mean prod?), found "prd"'],
    ['staging', 'stage: expected a known stage (one of dev, prod), found "staging"'],
    ['constructor', 'stage: expected a known stage (one of dev, prod), found "constructor"'],
    ['Prod', 'stage: expected a name of up to 20 lowercase letters, digits and dashes, found "Prod"'],
    [undefined, /stage: expected a name .*, found nothing/],
    [
      'prod-dead',
      'stage: expected a name that does not end in -dead, as dead-letter queues do, found "prod-dead"',
    ],
  ])('%j is refused', (stage, sentence) => {
    expect(refused({ dev: {}, prod: {} }, stage).message).toMatch(sentence)
  })

  test('a misspelt -c stage= does not deploy the default stage', () => {
    const context = { stage: 'dev', stages: { dev: {} }, stge: 'prod' }
    expect(() => relayApp({ context })).toThrow(
      'context: expected a known key (did you mean stage?), found "stge"',
    )
  })
})

describe('the region of the deployment', () => {
  const stages = { dev: { domain: { name: 'events.example.com', certificateArn: certificate('us-east-1') } } }

  test('must be that of the certificate, where it is known', () => {
    expect(() => readStageConfig(stages, 'dev', 'eu-west-1')).toThrow("the stack's region eu-west-1")
    expect(readStageConfig(stages, 'dev', 'us-east-1').domain).toBeDefined()
    expect(readStageConfig(stages, 'dev').domain).toBeDefined()
  })

  test('is read from the CDK, but not where it is only its fallback', () => {
    const synth = (account: string) => {
      vi.stubEnv('CDK_DEFAULT_REGION', 'eu-west-1')
      vi.stubEnv('CDK_DEFAULT_ACCOUNT', account)
      return relayApp({ context: { stage: 'dev', stages, 'aws:cdk:bundling-stacks': [] } })
    }
    try {
      expect(() => synth('123456789012')).toThrow("the stack's region eu-west-1")
      expect(() => synth('')).not.toThrow()
    } finally {
      vi.unstubAllEnvs()
    }
  })
})

test('a tag may replace the value of a built-in one', () => {
  expect(readStageConfig({ dev: { tags: { application: 'events' } } }, 'dev').tags).toEqual({
    application: 'events',
  })
})

test.each([
  ['shar', ['share', 'requestsPerMinute'], 'share'],
  ['Retain', ['retain', 'rate'], 'retain'],
  ['requestPerMinutes', ['share', 'requestsPerMinute'], 'requestsPerMinute'],
  ['', ['rate'], undefined],
  ['colour', ['rate', 'tags'], undefined],
  ['x', [], undefined],
])('nearest of %j in %j is %j', (typed, names, meant) => {
  expect(nearest(typed, names)).toBe(meant)
})

function refused(stages: unknown, stage: unknown) {
  try {
    readStageConfig(stages, stage)
  } catch (error) {
    if (error instanceof StageConfigError) return error
    throw error
  }
  throw new Error('the block was taken')
}

function certificate(region: string) {
  return `arn:aws:acm:${region}:123456789012:certificate/ab-12`
}
