import { defaultSettings, version } from '../../../lib/policy.ts'
import { documentationSamples } from '../../samples/samples.ts'
import type { KustomerPanel } from './kustomer.ts'
import { limitsOf } from './limits.ts'
import { secondsPerPoint } from './live.ts'
import { kustomerOf, type LocalParts } from './local-parts.ts'
import type { Setup } from './shapes.ts'

/** Returns what the page of a local relay shows and may do. */
export function localSetup(parts: LocalParts, panel: KustomerPanel | undefined): Setup {
  const { url, options } = parts
  const { requestsPerMinute, share } = options
  return {
    place: 'local',
    name: 'local relay',
    version,
    may: { send: true, replay: true, retry: true, applySettings: true },
    target: '--local',
    webhookUrl: `${url}/v1/events`,
    countedSince: 'since the relay started',
    secondsPerPoint,
    samples: documentationSamples,
    defaults: defaultSettings,
    ...{ requestsPerMinute, share },
    limits: limitsOf(options),
    kustomer: kustomerOf(parts),
    faults: panel?.faults ?? [],
  }
}
