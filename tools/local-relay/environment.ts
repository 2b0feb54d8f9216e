import * as v from 'valibot'
import { ConfigError, type Issue } from '../../lib/errors.ts'
import { isOnLoopback } from '../../lib/settings.ts'
import { readWorkerConfig } from '../../lib/worker/config.ts'
import { personSalt } from './function-environment.ts'
import { readSettingsFile } from './read-settings-file.ts'
import type { RelayOptions } from './relay-options.ts'

type Environment = Record<string, string | undefined>

const whole = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.check(
      text => /^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max,
      `whole number from ${min} to ${max}`,
    ),
    v.transform(Number),
  )
const headerText = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/, 'printable ASCII without blanks'))

const own = v.object({
  PORT: v.optional(whole(0, 65_535)),
  WEBHOOK_SECRET: v.optional(headerText),
  KUSTOMER_API_KEY: v.optional(headerText),
  WORKER_CONCURRENCY: v.optional(whole(1, 32)),
})

const numbers = {
  KUSTOMER_REQUESTS_PER_MINUTE: 'requestsPerMinute',
  KUSTOMER_SHARE: 'share',
  BACKOFF_BASE_SECONDS: 'backoffBaseSeconds',
  BACKOFF_MAX_SECONDS: 'backoffMaxSeconds',
  GIVE_UP_AFTER_SECONDS: 'giveUpAfterSeconds',
  RESEND_UNCHANGED_AFTER_HOURS: 'resendUnchangedAfterHours',
} as const

/**
 * Reads the options of a local relay from the environment of `npm start`. Variables that the functions read too follow
 * the functions' rules. A blank variable counts as unset.
 * @throws ConfigError with all errors at once, also those of the settings file, by key.
 */
export function readEnvironment(env: Environment): RelayOptions {
  const set = Object.fromEntries(
    Object.entries(env).flatMap(([name, text]) => (text?.trim() ? [[name, text.trim()]] : [])),
  )
  const issues: Issue[] = []
  const collect = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      issues.push(...error.issues)
      return undefined
    }
  }
  const mine = collect(() => readOwn(set))
  // Checks the variables of the functions. Those that a local relay sets itself get a valid value here.
  const { SETTINGS: _, WORKER_CONCURRENCY: __, ...shared } = set
  const places = {
    ...{ QUEUE_URL: 'local', DEAD_LETTER_QUEUE_URL: 'local' },
    ...{ KUSTOMER_API_KEY_SECRET_ID: 'local', PERSON_SALT: personSalt },
  }
  const isLocal = isOnLoopback(set.KUSTOMER_BASE_URL ?? '')
  collect(() =>
    withShownValues(
      () => readWorkerConfig({ ...shared, ...places, ...(isLocal && { ALLOW_OTHER_HOSTS: 'true' }) }),
      set,
    ),
  )
  const settings = collect(() => set.SETTINGS_FILE && readSettingsFile(set.SETTINGS_FILE))
  if (set.KUSTOMER_BASE_URL && !set.KUSTOMER_API_KEY)
    issues.push({
      path: 'KUSTOMER_API_KEY',
      expected: 'a key, since KUSTOMER_BASE_URL is set',
      got: 'nothing',
    })
  if (issues.length > 0) throw new ConfigError(issues)
  return {
    ...mine,
    ...(settings && { settings }),
    ...(set.KUSTOMER_BASE_URL && { kustomerBaseUrl: set.KUSTOMER_BASE_URL }),
    ...(set.ALLOW_OTHER_HOSTS === 'true' && { allowOtherHosts: true }),
    ...Object.fromEntries(
      Object.entries(numbers).flatMap(([name, option]) => (set[name] ? [[option, Number(set[name])]] : [])),
    ),
  }
}

function readOwn(set: Environment): RelayOptions {
  const result = v.safeParse(own, set)
  if (!result.success)
    throw new ConfigError(
      result.issues.map(issue => ({
        path: v.getDotPath(issue) ?? 'environment',
        expected: issue.message,
        got: shownValue(v.getDotPath(issue), set),
      })),
    )
  const { PORT, WEBHOOK_SECRET, KUSTOMER_API_KEY, WORKER_CONCURRENCY } = result.output
  return {
    ...(PORT !== undefined && { port: PORT }),
    ...(WEBHOOK_SECRET && { webhookSecret: WEBHOOK_SECRET }),
    ...(KUSTOMER_API_KEY && { kustomerApiKey: KUSTOMER_API_KEY }),
    ...(WORKER_CONCURRENCY && { workerConcurrency: WORKER_CONCURRENCY }),
  }
}

/** Adds the values that were found to the faults that `read` throws. */
function withShownValues<T>(read: () => T, set: Environment): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const shown = (name: string) => (set[name] === undefined ? {} : { got: shownValue(name, set) })
    throw new ConfigError(error.issues.map(issue => ({ ...issue, ...shown(issue.path) })))
  }
}

/** The value of a variable, as it is shown: never that of a secret. */
function shownValue(name: string | null, set: Environment): string {
  const isSecret = name === null || /SECRET|KEY/.test(name)
  return isSecret ? 'something else' : JSON.stringify(set[name] ?? '').slice(0, 80)
}
