import type { Settings } from '../../../lib/index.ts'
import type { Subject } from '../../doctor/subject.ts'
import { json } from '../../http/response.ts'
import { applySettings } from './apply-settings.ts'
import { type Console, createConsole } from './console.ts'
import { deadLetterRoutes } from './dead-letter-routes.ts'
import { createDeadLetters } from './dead-letters.ts'
import { eventDetail } from './event-detail.ts'
import { findEvents } from './find-events.ts'
import { findPeople } from './find-people.ts'
import { createKustomerPanel } from './kustomer.ts'
import { createLive } from './live.ts'
import { kustomerOf, type LocalParts } from './local-parts.ts'
import { localSetup } from './local-setup.ts'
import { personResponse } from './person.ts'
import { preview } from './preview.ts'
import { found, type Route } from './route.ts'
import { sendEvent } from './send-event.ts'
import type { Found } from './shapes.ts'

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
  const setup = localSetup(parts, panel)
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
