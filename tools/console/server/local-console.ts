import type { Settings } from '../../../lib/index.ts'
import { defaultSettings, version } from '../../../lib/policy.ts'
import type { Queues } from '../../dead-letters/queues.ts'
import type { PeopleAccess } from '../../dead-letters/relay-access.ts'
import type { Subject } from '../../doctor/subject.ts'
import { json } from '../../http/response.ts'
import type { StandIn } from '../../kustomer-stand-in/types.ts'
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
import { findEvents } from './find-events.ts'
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
  people: PeopleAccess
  waiting: Pick<WaitingMessages, 'retryNow'>
  standIn?: StandIn | undefined
}

/** Creates the console of a local relay, which is served on the relay's own port. */
export function createLocalConsole(parts: LocalParts): Console {
  const { memory, people } = parts
  const settings = parts.settings.value
  let applied: Settings | undefined
  const live = createLive(memory, async () => {
    const { waiting, inFlight, deadLetters } = await parts.status()
    return {
      status: { waiting, inFlight, deadLetters },
      settings: settings(),
      isTemporary: settings() === applied,
    }
  })
  // A short poll is enough: the emulator answers it with all messages.
  const deadLetters = createDeadLetters({ queues: parts.queues, people, settings, waitSeconds: 0 })
  const panel = parts.standIn && createKustomerPanel(parts.standIn)
  const setup = setupOf(parts, panel)
  const find = (text: string): Found => ({
    people: findPeople(memory, text, people.salt),
    keys: findEvents(memory, text),
    rows: [],
  })
  const routes: Record<string, Route> = {
    'GET /local/setup': () => json(200, setup),
    'GET /local/live': live.open,
    'GET /local/event': query => found(eventDetail(memory, settings(), query.get('key') ?? '')),
    'POST /local/find': (_, { text }) => json(200, find(String(text ?? ''))),
    'POST /local/preview': (_, fields) => json(200, preview(fields.event, fields.settings)),
    'POST /local/send': (_, { event }) => sendEvent(parts.url, parts.options.webhookSecret, event),
    'POST /local/settings': async (_, fields) => {
      const answer = await applySettings(parts.settings, fields.settings)
      if (answer.status === 200) applied = settings()
      return answer
    },
    'GET /local/person': query => personResponse(people.store, people.salt, query),
    'POST /local/retry': async (_, { person }) =>
      json(200, { retried: await parts.waiting.retryNow(String(person)) }),
    'POST /local/doctor': async () => {
      // Loaded only here: the doctor's AWS clients would make the start of the relay longer.
      const { findingsOf } = await import('./findings-of.ts')
      return json(200, await findingsOf(subjectOf(parts)))
    },
    ...deadLetterRoutes(deadLetters, true),
    'GET /local/kustomer': query => found(panel?.state(query.get('id') ?? '')),
    'POST /local/fault': (_, { name }) => found(panel?.fault(String(name)) ? { name } : undefined),
  }
  return createConsole(routes, live.close)
}

/** The relay as the doctor examines it. */
function subjectOf(parts: LocalParts): Subject {
  const { url, options, queues, people } = parts
  const kustomer = kustomerOf(parts)
  return {
    name: 'the local relay',
    webhookUrl: `${url}/v1/events`,
    kustomerBaseUrl: kustomer.url,
    isKustomerSimulated: kustomer.isSimulated,
    ...{ queues, people, requestsPerMinute: options.requestsPerMinute },
    webhookSecret: async () => ({ value: options.webhookSecret }),
    kustomerKey: async () => ({ value: options.kustomerApiKey }),
  }
}

/** Where the calls go. The relay always sets the worker's base URL, so that the setting `baseEndpoint` has no effect. */
function kustomerOf({ options, standIn }: Pick<LocalParts, 'options' | 'standIn'>): Setup['kustomer'] {
  return { url: standIn?.url ?? options.kustomerBaseUrl ?? '', isSimulated: standIn !== undefined }
}

function setupOf(parts: LocalParts, panel: KustomerPanel | undefined): Setup {
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
