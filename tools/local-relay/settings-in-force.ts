import type { Settings } from '../../lib/index.ts'
import { parseSettings } from '../../lib/settings.ts'
import type { Container } from './container.ts'

/** The mapping settings that the workers of a local relay use. */
export interface SettingsInForce {
  value(): Settings
  /**
   * Gives the workers other settings. Events that are being processed keep the old ones. Resolves to the complete
   * settings when every worker uses them. Rejects with ConfigError for invalid settings, and then changes nothing.
   */
  apply(settings: unknown): Promise<Settings>
}

/** Creates the settings in force. One change is made after the other. */
export function createSettingsInForce(
  initial: Settings,
  workers: Pick<Container, 'renew'>[],
): SettingsInForce {
  let current = initial
  let last: Promise<unknown> = Promise.resolve()
  const renew = async (next: Settings) => {
    await Promise.all(workers.map(worker => worker.renew({ SETTINGS: JSON.stringify(next) })))
    current = next
    return next
  }
  return {
    value: () => current,
    async apply(settings) {
      const next = parseSettings(settings)
      const done = last.then(() => renew(next))
      last = done.catch(() => undefined)
      return done
    },
  }
}
