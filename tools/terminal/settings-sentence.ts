import type { Issue } from '../../lib/errors.ts'
import { defaultSettings } from '../../lib/policy.ts'
import { nearestOf } from './one-of.ts'

const names = Object.keys(defaultSettings)

/**
 * Returns a fault of mapping settings as a sentence. No setting is a secret, so the value is shown. For an unknown name
 * it names the setting that was probably meant.
 */
export function settingsSentence(issue: Issue, settings: unknown): string {
  const { path, expected, got } = settingsIssue(issue, settings)
  if (issue.expected === unknownKey)
    return `there is no setting "${path}"${meant(path) ? `: did you mean ${meant(path)}?` : `. The settings are ${names.join(', ')}.`}`
  return `${path} must be ${expected}, and it is ${got}.`
}

/** Returns a fault of mapping settings with the value that was found, and the name that was probably meant. */
export function settingsIssue({ path, expected, got }: Issue, settings: unknown): Issue {
  if (expected === unknownKey)
    return { path, got, expected: meant(path) ? `another name (did you mean ${meant(path)}?)` : unknownKey }
  const value =
    typeof settings === 'object' && settings !== null && Object.hasOwn(settings, path)
      ? JSON.stringify((settings as Record<string, unknown>)[path])
      : got
  return { path, expected, got: value.length > 80 ? got : value }
}

/** What `lib/settings.ts` expects in place of an unknown key. */
const unknownKey = 'no such key'

function meant(path: string): string | undefined {
  return nearestOf(path, names)
}
