import * as v from 'valibot'
import { functions, kustomersDomain, personRecords, rate, retry } from '../policy.ts'
import { flag, json, named, number, readEnvironment } from '../runtime/environment.ts'
import { isKustomersHost, origin, settingsSchema } from '../settings.ts'

const workerSchema = v.object({
  QUEUE_URL: named,
  DEAD_LETTER_QUEUE_URL: named,
  KUSTOMER_API_KEY_SECRET_ID: named,
  PERSON_SALT: named,
  PEOPLE_TABLE: v.optional(named),
  SETTINGS: v.optional(v.pipe(json, settingsSchema), '{}'),
  KUSTOMER_BASE_URL: v.optional(origin),
  ALLOW_OTHER_HOSTS: v.optional(flag, 'false'),
  KUSTOMER_REQUESTS_PER_MINUTE: v.optional(number(1, 1_000_000), String(rate.requestsPerMinute)),
  KUSTOMER_SHARE: v.optional(number(0.01, 1), String(rate.share)),
  WORKER_CONCURRENCY: v.optional(number(1, 1_000), String(functions.workerConcurrency)),
  BACKOFF_BASE_SECONDS: v.optional(number(1, 900), String(retry.baseSeconds)),
  BACKOFF_MAX_SECONDS: v.optional(number(1, 43_200), String(retry.maxSeconds)),
  RESEND_UNCHANGED_AFTER_HOURS: v.optional(number(0, 8_760), String(personRecords.resendUnchangedAfterHours)),
  GIVE_UP_AFTER_SECONDS: v.optional(number(1, 1_209_600), String(retry.giveUpAfterSeconds)),
})

const kustomersHost = `host of ${kustomersDomain} (any other one needs ALLOW_OTHER_HOSTS=true)`

/** The settings with their host checked: a changed variable alone must not send the key to somebody else's host. */
const guardedSchema = v.pipe(
  workerSchema,
  v.forward(
    v.partialCheck(
      [['KUSTOMER_BASE_URL'], ['ALLOW_OTHER_HOSTS']],
      e => e.ALLOW_OTHER_HOSTS || !e.KUSTOMER_BASE_URL || isKustomersHost(e.KUSTOMER_BASE_URL),
      kustomersHost,
    ),
    ['KUSTOMER_BASE_URL'],
  ),
  v.forward(
    v.partialCheck(
      [['SETTINGS'], ['KUSTOMER_BASE_URL'], ['ALLOW_OTHER_HOSTS']],
      e => e.ALLOW_OTHER_HOSTS || !!e.KUSTOMER_BASE_URL || isKustomersHost(e.SETTINGS.baseEndpoint),
      kustomersHost,
    ),
    ['SETTINGS', 'baseEndpoint'],
  ),
)

/** The worker function's settings, parsed. */
export type WorkerConfig = ReturnType<typeof readWorkerConfig>

/**
 * Reads the worker function's settings from its environment. Times are in seconds.
 * `KUSTOMER_BASE_URL` overrides the setting `baseEndpoint`. The host must be Kustomer's unless `ALLOW_OTHER_HOSTS` is
 * `true`. A blank variable counts as unset.
 * @throws ConfigError with every fault at once.
 */
export function readWorkerConfig(env: NodeJS.ProcessEnv) {
  const e = readEnvironment(guardedSchema, env)
  return {
    queueUrl: e.QUEUE_URL,
    deadLetterQueueUrl: e.DEAD_LETTER_QUEUE_URL,
    keyId: e.KUSTOMER_API_KEY_SECRET_ID,
    settings: { ...e.SETTINGS, baseEndpoint: e.KUSTOMER_BASE_URL ?? e.SETTINGS.baseEndpoint },
    rate: {
      perMinute: e.KUSTOMER_REQUESTS_PER_MINUTE,
      share: e.KUSTOMER_SHARE,
      containers: e.WORKER_CONCURRENCY,
    },
    resendUnchangedAfterMs: e.RESEND_UNCHANGED_AFTER_HOURS * 3_600_000,
    personSalt: e.PERSON_SALT,
    peopleTable: e.PEOPLE_TABLE,
    retry: {
      baseSeconds: e.BACKOFF_BASE_SECONDS,
      maxSeconds: e.BACKOFF_MAX_SECONDS,
      giveUpAfterSeconds: e.GIVE_UP_AFTER_SECONDS,
    },
  }
}
