import * as v from 'valibot'
import { ConfigError, type Issue } from './errors.ts'
import { defaultSettings, functions, rate, retry } from './policy.ts'
import type { Settings } from './transform/settings.ts'

const loopback = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/

/** A host that the relay may send keys and people's data to: an https origin, or http on this machine alone. */
const origin = v.pipe(
  v.string(),
  v.trim(),
  v.check(isOrigin, 'https URL of a host alone (http only on loopback)'),
  // Not the text: a bare `?` or `\` at its end would become a part of every path.
  v.transform(text => new URL(text).origin),
)

const settingsSchema = v.pipe(
  v.unknown(),
  v.check(value => !Array.isArray(value), 'object'),
  v.objectWithRest(
    {
      baseEndpoint: v.optional(origin, defaultSettings.baseEndpoint),
      advancedTransform: v.optional(v.boolean(), defaultSettings.advancedTransform),
      setIdentityEmail: v.optional(v.boolean(), defaultSettings.setIdentityEmail),
      disableEmailAsTrackingProperty: v.optional(v.boolean(), defaultSettings.disableEmailAsTrackingProperty),
      genericPage: v.optional(v.boolean(), defaultSettings.genericPage),
      genericScreen: v.optional(v.boolean(), defaultSettings.genericScreen),
      stampEvents: v.optional(v.boolean(), defaultSettings.stampEvents),
    },
    v.never(),
  ),
)

const json = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return JSON.parse(dataset.value) as unknown
    } catch {
      addIssue({ message: 'JSON' })
      return NEVER
    }
  }),
)

const number = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.check(text => /^\d+(\.\d+)?$/.test(text.trim()), 'number'),
    v.transform(Number),
    v.check(n => n >= min && n <= max, `number from ${min} to ${max}`),
  )

const named = v.pipe(v.string(), v.trim(), v.nonEmpty('text that is not blank'))

const ingestSchema = v.object({
  QUEUE_URL: named,
  DEAD_LETTER_QUEUE_URL: named,
  WEBHOOK_SECRET_ID: named,
})

const workerSchema = v.object({
  QUEUE_URL: named,
  DEAD_LETTER_QUEUE_URL: named,
  KUSTOMER_API_KEY_SECRET_ID: named,
  SETTINGS: v.optional(v.pipe(json, settingsSchema), '{}'),
  KUSTOMER_BASE_URL: v.optional(origin),
  KUSTOMER_REQUESTS_PER_MINUTE: v.optional(number(1, 1_000_000), String(rate.requestsPerMinute)),
  KUSTOMER_SHARE: v.optional(number(0.01, 1), String(rate.share)),
  WORKER_CONCURRENCY: v.optional(number(1, 1_000), String(functions.workerConcurrency)),
  BACKOFF_BASE_SECONDS: v.optional(number(1, 900), String(retry.baseSeconds)),
  BACKOFF_MAX_SECONDS: v.optional(number(1, 43_200), String(retry.maxSeconds)),
  GIVE_UP_AFTER_SECONDS: v.optional(number(1, 1_209_600), String(retry.giveUpAfterSeconds)),
})

/**
 * Mapping settings from an unknown value, the defaults filled in.
 * @throws ConfigError with every fault at once: a wrong kind, a host that may not be called, a key that does not exist.
 */
export function parseSettings(value: unknown): Settings {
  return check(settingsSchema, value)
}

/**
 * The ingest function's settings from its environment. A blank variable counts as unset.
 * @throws ConfigError with every fault at once.
 */
export function readIngestConfig(env: NodeJS.ProcessEnv) {
  const e = check(ingestSchema, withoutBlanks(env))
  return { queueUrl: e.QUEUE_URL, deadLetterQueueUrl: e.DEAD_LETTER_QUEUE_URL, secretId: e.WEBHOOK_SECRET_ID }
}

/**
 * The worker function's settings from its environment; times in seconds, `requestsPerMinute` is one container's.
 * `KUSTOMER_BASE_URL` wins over the setting `baseEndpoint`. A blank variable counts as unset.
 * @throws ConfigError with every fault at once.
 */
export function readWorkerConfig(env: NodeJS.ProcessEnv) {
  const e = check(workerSchema, withoutBlanks(env))
  return {
    queueUrl: e.QUEUE_URL,
    deadLetterQueueUrl: e.DEAD_LETTER_QUEUE_URL,
    keyId: e.KUSTOMER_API_KEY_SECRET_ID,
    settings: { ...e.SETTINGS, baseEndpoint: e.KUSTOMER_BASE_URL ?? e.SETTINGS.baseEndpoint },
    requestsPerMinute: (e.KUSTOMER_REQUESTS_PER_MINUTE * e.KUSTOMER_SHARE) / e.WORKER_CONCURRENCY,
    retry: {
      baseSeconds: e.BACKOFF_BASE_SECONDS,
      maxSeconds: e.BACKOFF_MAX_SECONDS,
      giveUpAfterSeconds: e.GIVE_UP_AFTER_SECONDS,
    },
  }
}

function check<const S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  throw new ConfigError(result.issues.map(toIssue))
}

function toIssue(issue: v.BaseIssue<unknown>): Issue {
  const isUnknownKey = issue.type === 'never'
  return {
    path: v.getDotPath(issue) ?? 'settings',
    expected: isUnknownKey
      ? 'no such key'
      : issue.type === 'check' || issue.type === 'raw_transform' || issue.type === 'non_empty'
        ? issue.message
        : (issue.expected ?? issue.message),
    got: issue.input === null ? 'null' : Array.isArray(issue.input) ? 'list' : typeof issue.input,
  }
}

function withoutBlanks(env: NodeJS.ProcessEnv) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
}

function isOrigin(text: string) {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const isBare =
    url.pathname.replace(/\/+/, '') === '' && !url.search && !url.hash && !url.username && !url.password
  return isBare && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname)))
}
