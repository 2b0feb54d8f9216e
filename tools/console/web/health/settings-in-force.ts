import { now } from '../state/feed.ts'
import { setup } from '../state/setup.ts'

/** Returns the mapping settings that the relay uses, in words. As `baseEndpoint` it has the host that is really called. */
export function settingsInForce(): [name: string, value: string][] {
  const { kustomer } = setup()
  return Object.entries(now.value?.settings ?? {}).map(([name, value]) => {
    if (name === 'baseEndpoint')
      return [name, kustomer.isSimulated ? `${kustomer.url} (a simulated Kustomer)` : kustomer.url]
    return [name, typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)]
  })
}
