import { defaultSettings } from '../policy.ts'

/**
 * The mapping settings: RudderStack's own names, so that a configuration can be carried over. Defaults:
 * `lib/policy.ts`.
 */
export type Settings = typeof defaultSettings

/** Whether a setting is on. A setting that is not given has its default. */
export function isOn(settings: Partial<Settings>, name: Exclude<keyof Settings, 'baseEndpoint'>): boolean {
  return settings[name] ?? defaultSettings[name]
}
