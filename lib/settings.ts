import * as v from 'valibot'
import { ConfigError, type Issue } from './errors.ts'
import { defaultSettings, kustomersDomain } from './policy.ts'
import type { Settings } from './transform/settings.ts'

const loopback = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/

/** Whether a URL has a host on the loopback interface of this machine. */
export function isOnLoopback(text: string): boolean {
  return URL.canParse(text) && loopback.test(new URL(text).hostname)
}

/** A host that the relay may send keys and personal data to: an https origin, or http on the loopback interface. */
export const origin = v.pipe(
  v.string(),
  v.trim(),
  v.check(isOrigin, 'https URL of a host alone (http only on loopback)'),
  // Not the text itself: a `?` or `\` at its end would become a part of every path.
  v.transform(text => new URL(text).origin),
)

/**
 * Whether a URL is one of Kustomer's own hosts: its domain or a host below it, by https. Source: the base URLs of
 * Kustomer's API (developer.kustomer.com, read 2026-11). The API key and personal data go to the host, so any other one
 * must be allowed on purpose.
 */
export function isKustomersHost(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' && `.${hostname}`.endsWith(`.${kustomersDomain}`)
}

const flag = (isOnByDefault: boolean) => v.optional(v.boolean('true or false'), isOnByDefault)

/** The mapping settings as valibot entries with their defaults. The worker and the infrastructure both use them. */
export const settingsEntries = {
  baseEndpoint: v.optional(origin, defaultSettings.baseEndpoint),
  advancedTransform: flag(defaultSettings.advancedTransform),
  setIdentityEmail: flag(defaultSettings.setIdentityEmail),
  disableEmailAsTrackingProperty: flag(defaultSettings.disableEmailAsTrackingProperty),
  genericPage: flag(defaultSettings.genericPage),
  genericScreen: flag(defaultSettings.genericScreen),
  mergeByEmail: flag(defaultSettings.mergeByEmail),
  acceptKustomerId: flag(defaultSettings.acceptKustomerId),
  acceptVerified: flag(defaultSettings.acceptVerified),
  stampEvents: flag(defaultSettings.stampEvents),
}

/** The schema of mapping settings: an object, without unknown keys. */
export const settingsSchema = v.pipe(
  v.unknown(),
  v.check(value => !Array.isArray(value), 'object'),
  v.objectWithRest(settingsEntries, v.never()),
)

/**
 * Parses mapping settings and fills in the defaults.
 * @throws ConfigError with every fault at once: a wrong type, a host that may not be called, an unknown key.
 */
export function parseSettings(value: unknown): Settings {
  return checked(settingsSchema, value)
}

/** Parses a value by a schema. @throws ConfigError with every fault at once, each with its path. */
export function checked<const S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  throw new ConfigError(result.issues.map(toIssue))
}

/** Checks whose message says what is expected. */
const withOwnMessage = new Set(['check', 'partial_check', 'raw_transform', 'non_empty'])

function toIssue(issue: v.BaseIssue<unknown>): Issue {
  const isUnknownKey = issue.type === 'never'
  return {
    path: v.getDotPath(issue) ?? 'settings',
    expected: isUnknownKey
      ? 'no such key'
      : withOwnMessage.has(issue.type)
        ? issue.message
        : (issue.expected ?? issue.message),
    got: issue.type === 'partial_check' ? 'another' : kindOf(issue.input),
  }
}

function kindOf(value: unknown) {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
}

function isOrigin(text: string) {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const isBare =
    url.pathname.replace(/\/+/, '') === '' && !url.search && !url.hash && !url.username && !url.password
  return isBare && (url.protocol === 'https:' || (url.protocol === 'http:' && isOnLoopback(text)))
}
