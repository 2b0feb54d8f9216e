import type { PeopleStore } from '../../../lib/people/person.ts'
import { defaultSettings, version } from '../../../lib/policy.ts'
import type { Queues } from '../../dead-letters/queues.ts'
import type { Subject } from '../../doctor/subject.ts'
import { json } from '../../http/response.ts'
import type { StandIn } from '../../kustomer-stand-in/types.ts'
import { personSalt } from '../../local-relay/function-environment.ts'
import type { Memory } from '../../local-relay/memory.ts'
import type { FullOptions } from '../../local-relay/relay-options.ts'
import type { SettingsInForce } from '../../local-relay/settings-in-force.ts'
import type { WaitingMessages } from '../../local-relay/waiting-messages.ts'
import { documentationSamples } from '../../samples/samples.ts'
import { applySettings } from './apply-settings.ts'
import { type Console, createConsole } from './console.ts'
import { deadLetterRoutes } from './dead-letter-routes.ts'
import { createDeadLetters } from './dead-letters.ts'
import { eventDetail } from './event-detail.ts'
import { findPeople } from './find-people.ts'
import { createKustomerPanel, type KustomerPanel } from './kustomer.ts'
import { limitsOf } from './limits.ts'
import { createLive, secondsPerPoint } from './live.ts'
import { personResponse } from './person.ts'
import { preview } from './preview.ts'
import { found, type Route } from './route.ts'
import { sendEvent } from './send-event.ts'
import type { Found, Now, Setup } from './shapes.ts'

/** The parts of a running local relay that the console shows and uses. */
export interface LocalParts {
  /** The relay's URL. "Send" posts events to it, as RudderStack does. */
  url: string
  options: FullOptions
  settings: SettingsInForce
  memory: Memory
  status: () => Promise<Now['status']>
  queues: Queues
  /** The person records. */
  records: PeopleStore
  waiting: Pick<WaitingMessages, 'retryNow'>
  standIn?: StandIn | undefined
}

/** Creates the console of a local relay, which is served on the relay's own port. */
export function createLocalConsole(parts: LocalParts): Console {
  const { memory } = parts
  const settings = parts.settings.value
  const live = createLive(memory, async () => {
    const { waiting, inFlight, deadLetters } = await parts.status()
    return { status: { waiting, inFlight, deadLetters }, settings: settings() }
  })
  // A short poll is enough: the emulator answers it with all messages.
  const people = { store: parts.records, salt: personSalt }
  const deadLetters = createDeadLetters({ queues: parts.queues, people, settings, waitSeconds: 0 })
  const panel = parts.standIn && createKustomerPanel(parts.standIn)
  const setup = setupOf(parts, panel)
  const find = (text: string): Found => ({ people: findPeople(memory, text, personSalt), rows: [] })
  const routes: Record<string, Route> = {
    'GET /local/setup': () => json(200, setup),
    'GET /local/live': live.open,
    'GET /local/event': query => found(eventDetail(memory, settings(), query.get('key') ?? '')),
    'POST /local/find': (_, { text }) => json(200, find(String(text ?? ''))),
    'POST /local/preview': (_, fields) => json(200, preview(fields.event, fields.settings)),
    'POST /local/send': (_, { event }) => sendEvent(parts.url, parts.options.webhookSecret, event),
    'POST /local/settings': (_, fields) => applySettings(parts.settings, fields.settings),
    'GET /local/person': query => personResponse(parts.records, personSalt, query),
    'POST /local/retry': async (_, { person }) =>
      json(200, { retried: await parts.waiting.retryNow(String(person)) }),
    'POST /local/doctor': async () => {
      // Loaded only here: the doctor's AWS clients would make the start of the relay longer.
      const { findingsOf } = await import('./findings-of.ts')
      return json(200, await findingsOf(subjectOf(parts)))
    },
    ...deadLetterRoutes(deadLetters, true),
    'GET /local/kustomer': () => found(panel?.state()),
    'POST /local/fault': (_, { name }) => found(panel?.fault(String(name)) ? { name } : undefined),
  }
  return createConsole(routes, live.close)
}

/** The relay as the doctor examines it. */
function subjectOf({ url, options, queues, standIn }: LocalParts): Subject {
  return {
    name: 'the local relay',
    webhookUrl: `${url}/v1/events`,
    kustomerBaseUrl: standIn?.url ?? options.kustomerBaseUrl ?? '',
    queues,
    webhookSecret: async () => ({ value: options.webhookSecret }),
    kustomerKey: async () => ({ value: options.kustomerApiKey }),
  }
}

function setupOf({ url, options }: LocalParts, panel: KustomerPanel | undefined): Setup {
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
    faults: panel?.faults ?? [],
  }
}
