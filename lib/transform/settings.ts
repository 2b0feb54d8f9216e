import type { defaultSettings } from '../policy.ts'

/** The mapping settings: RudderStack's own names, so that a configuration can be carried over. Defaults: `lib/policy.ts`. */
export type Settings = typeof defaultSettings
