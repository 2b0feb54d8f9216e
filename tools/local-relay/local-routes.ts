import type { Ledger } from './ledger.ts'
import type { LocalRoutes } from './routes.ts'
import type { SettingsInForce } from './settings-in-force.ts'

/** The relay's own routes, for tools on this machine. They hold no bodies. */
export function localRoutes(
  ledger: Ledger,
  settings: SettingsInForce,
  status: () => Promise<unknown>,
): LocalRoutes {
  return {
    '/local/status': status,
    '/local/events': query => ledger.traces(query.get('idPrefix') ?? ''),
    '/local/settings': settings.value,
  }
}
