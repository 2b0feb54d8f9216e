import * as v from 'valibot'
import { functions, logs, personRecords, rate, retry, throttling } from '../lib/policy.ts'
import { isKustomersHost, settingsEntries } from '../lib/settings.ts'
import { exact, known } from './stage-config/exact.ts'
import * as field from './stage-config/fields.ts'
import { StageConfigError, type StageFault } from './stage-config/stage-config-error.ts'

const hour = 3_600

/** The mapping settings. A deployed function cannot call a host on the loopback interface. */
const settings = exact({
  ...settingsEntries,
  baseEndpoint: v.optional(field.httpsOrigin, settingsEntries.baseEndpoint.default),
})

const block = exact({
  settings: v.optional(settings, {}),
  // The API key and personal data go to the host, so a mistyped one must not be deployed.
  allowOtherHosts: v.optional(field.yesOrNo, false),
  rate: v.optional(
    v.pipe(
      exact({
        requestsPerMinute: v.optional(field.whole(1, 1_000_000), rate.requestsPerMinute),
        share: v.optional(field.share, rate.share),
      }),
      v.check(
        own => own.requestsPerMinute * own.share >= rate.leastSharePerMinute,
        `at least ${rate.leastSharePerMinute} requests a minute for the relay (requestsPerMinute × share): with fewer, a new person’s look-ups take longer than their results are cached`,
      ),
    ),
    {},
  ),
  // Lambda takes 2 to 1,000 as an event source's maximum concurrency.
  workerConcurrency: v.optional(field.whole(2, 1_000), functions.workerConcurrency),
  // 0: every identify is sent, also an unchanged one.
  resendUnchangedAfterHours: v.optional(field.whole(0, 8_760), personRecords.resendUnchangedAfterHours),
  // SQS moves a message to the dead-letter queue after 1,000 receives, which last longer than this.
  giveUpAfterHours: v.optional(field.whole(1, retry.longestGiveUpHours), retry.giveUpAfterSeconds / hour),
  throttling: v.optional(
    exact({
      perSecond: v.optional(field.whole(1, 10_000), throttling.requestsPerSecond),
      burst: v.optional(field.whole(1, 5_000), throttling.burst),
    }),
    {},
  ),
  logRetentionDays: v.optional(field.retentionDays, logs.retentionDays),
  alarmEmail: v.optional(field.email),
  domain: v.optional(exact({ name: field.hostName, certificateArn: field.certificateArn })),
  secrets: v.optional(
    exact({ webhook: v.optional(field.secretName), kustomerKey: v.optional(field.secretName) }),
    {},
  ),
  tags: v.optional(field.tags, {}),
  retain: v.optional(field.yesOrNo, false),
})

const stageSchema = v.pipe(
  block,
  v.forward(
    v.partialCheck(
      [['settings'], ['allowOtherHosts']],
      own => own.allowOtherHosts || isKustomersHost(own.settings.baseEndpoint),
      "a host of Kustomer's, like https://api.kustomerapp.com; any other one gets the API key and personal data, and needs allowOtherHosts: true in the stage",
    ),
    ['settings', 'baseEndpoint'],
  ),
)

/** One stage's block of `cdk.json`, checked, with the defaults filled in. */
export type StageConfig = v.InferOutput<typeof stageSchema>

/**
 * Reads the block of a stage from the stages of `cdk.json`.
 * @throws StageConfigError with every fault at once: a stage that does not exist, an unknown key, a wrong value.
 */
export function readStageConfig(stages: unknown, stage: unknown): StageConfig {
  const blocks = typeof stages === 'object' && stages !== null ? stages : {}
  // The stage's name becomes part of every resource's name.
  if (typeof stage !== 'string' || !/^[a-z][a-z0-9-]{0,19}$/.test(stage)) {
    fail('stage', 'a name of up to 20 lowercase letters, digits and dashes', stage)
  }
  if (!Object.hasOwn(blocks, stage)) {
    fail('stage', known('stage', stage, Object.keys(blocks)), stage)
  }
  const result = v.safeParse(stageSchema, Object.entries(blocks).find(([name]) => name === stage)?.[1])
  if (result.success) return result.output
  throw new StageConfigError(result.issues.map(issue => toFault(stage, issue)))
}

function toFault(stage: string, issue: v.BaseIssue<unknown>): StageFault {
  const keys = issue.path?.map(({ key }) => String(key)) ?? []
  const isMissing = issue.type === 'loose_object' && issue.input === undefined
  return {
    path: ['stages', stage, ...keys].join('.'),
    expected: isMissing ? 'a value' : issue.message,
    found: found(issue, keys),
  }
}

function found(issue: v.BaseIssue<unknown>, keys: string[]) {
  if (issue.type === 'raw_check') return shown(keys.at(-1))
  if (issue.type === 'partial_check') return shown(issue.path?.at(-1)?.value)
  return keys.includes('secrets') && typeof issue.input === 'string' ? 'a text' : shown(issue.input)
}

function shown(value: unknown) {
  if (value === undefined) return 'nothing'
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return JSON.stringify(value).slice(0, 80)
}

function fail(path: string, expected: string, found: unknown): never {
  throw new StageConfigError([{ path, expected, found: shown(found) }])
}
