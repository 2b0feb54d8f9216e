import { closest, distance } from 'fastest-levenshtein'
import type { Issue } from '../../lib/errors.ts'
import { defaultSettings } from '../../lib/policy.ts'

const names = Object.keys(defaultSettings)

/**
 * Returns a fault of mapping settings as a sentence. No setting is a secret, so the value is shown. For an unknown name
 * it names the setting that was probably meant.
 */
export function settingsSentence({ path, expected, got }: Issue, settings: unknown): string {
  if (expected === 'no such key') {
    const near = closest(path, names)
    const isNear = distance(path.toLowerCase(), near.toLowerCase()) <= Math.max(2, near.length / 3)
    return `there is no setting "${path}"${isNear ? `: did you mean ${near}?` : `. The settings are ${names.join(', ')}.`}`
  }
  const value =
    typeof settings === 'object' && settings !== null && Object.hasOwn(settings, path)
      ? JSON.stringify((settings as Record<string, unknown>)[path])
      : got
  return `${path} must be ${expected}, and it is ${value.length > 80 ? got : value}.`
}
