import * as v from 'valibot'
import { defaultSettings, functions, rate, retry } from '../lib/policy.ts'

const settings = v.strictObject({ baseEndpoint: v.optional(v.string(), defaultSettings.baseEndpoint) })

export const stageSchema = v.strictObject({
  settings: v.optional(settings, {}),
  rate: v.optional(
    v.strictObject({
      requestsPerMinute: v.optional(v.number(), rate.requestsPerMinute),
      share: v.optional(v.number(), rate.share),
    }),
    {},
  ),
  workerConcurrency: v.optional(v.number(), functions.workerConcurrency),
  giveUpAfterHours: v.optional(v.number(), retry.giveUpAfterSeconds / 3_600),
  throttling: v.optional(
    v.strictObject({ perSecond: v.optional(v.number(), 200), burst: v.optional(v.number(), 400) }),
    {},
  ),
  logRetentionDays: v.optional(v.number(), 30),
  alarmEmail: v.optional(v.string()),
  domain: v.optional(v.strictObject({ name: v.string(), certificateArn: v.string() })),
  secrets: v.optional(
    v.strictObject({ webhook: v.optional(v.string()), kustomerKey: v.optional(v.string()) }),
    {},
  ),
  tags: v.optional(v.record(v.string(), v.string()), {}),
  retain: v.optional(v.boolean(), false),
})

export type StageConfig = v.InferOutput<typeof stageSchema>
