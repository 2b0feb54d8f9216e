import { LRUCache } from 'lru-cache'
import { defaultSettings, version } from '../../../lib/policy.ts'
import { groupIdOf } from '../../../lib/queue/envelope.ts'
import { stackSubject } from '../../doctor/subject.ts'
import { json } from '../../http/response.ts'
import type { EventTrace } from '../../local-relay/event-trace.ts'
import { documentationSamples } from '../../samples/samples.ts'
import type { CommandIo } from '../../terminal/command-io.ts'
import { type Console, createConsole } from '../server/console.ts'
import { deadLetterRoutes } from '../server/dead-letter-routes.ts'
import { createDeadLetters } from '../server/dead-letters.ts'
import { eventRow } from '../server/event-row.ts'
import { findingsOf } from '../server/findings-of.ts'
import { limitsOf } from '../server/limits.ts'
import { personResponse } from '../server/person.ts'
import { preview } from '../server/preview.ts'
import { found, type Route } from '../server/route.ts'
import type { EventDetail, Found, Setup } from '../server/shapes.ts'
import { readAlarms } from './alarms.ts'
import { createEventLog } from './event-log.ts'
import { shownMinutes } from './metrics.ts'
import type { OpenStack } from './open-stack.ts'
import { createStackFeed } from './stack-feed.ts'

/** Creates the console of a deployed stack. Without `mayReplay` no route of it changes anything in AWS. */
export function createStackConsole(
  stack: OpenStack,
  mayReplay: boolean,
  io: Pick<CommandIo, 'cwd' | 'env'>,
): Console {
  const { relay, cloudWatch } = stack
  const { store, salt } = relay.people
  const settings = () => stack.config.settings
  const deadLetters = createDeadLetters({
    queues: relay.queues,
    people: relay.people,
    settings,
    waitSeconds: 1,
  })
  const feed = createStackFeed(stack)
  const events = createFoundEvents(stack)
  const setup = setupOf(stack, mayReplay)
  const routes: Record<string, Route> = {
    'GET /local/setup': () => json(200, setup),
    'GET /local/live': feed.open,
    'GET /local/event': query => found(events.detail(query.get('key') ?? '')),
    'POST /local/find': async (_, { text }) => json(200, await events.find(String(text ?? '').trim())),
    'POST /local/preview': (_, fields) => json(200, preview(fields.event, fields.settings)),
    'GET /local/person': query => personResponse(store, salt, query),
    'GET /local/alarms': async () => json(200, await readAlarms(cloudWatch, stack.name, stack.region)),
    'POST /local/doctor': async () => json(200, await findingsOf(await stackSubject(stack.name, io))),
    ...deadLetterRoutes(deadLetters, mayReplay),
  }
  return createConsole(routes, feed.close)
}

/** The events that were found in the log, so that their rows can be opened. */
function createFoundEvents(stack: OpenStack) {
  const log = createEventLog(stack.logs, stack.workerLog)
  const { salt } = stack.relay.people
  const known = new LRUCache<string, EventTrace>({ max: 2_000 })
  return {
    async find(text: string): Promise<Found> {
      if (text === '') return { people: [], keys: [], rows: [] }
      const group = /^[0-9a-f]{64}$/.test(text) ? text : groupIdOf(text, salt)
      const traces = await log.find({ eventId: text, group })
      for (const trace of traces) known.set(trace.key, trace)
      const userIdOf = ({ person }: EventTrace) => (person === group && text !== group ? text : undefined)
      return { people: [group], keys: [], rows: traces.map(trace => eventRow(trace, userIdOf(trace))) }
    },
    detail(key: string): EventDetail | undefined {
      const trace = known.get(key)
      return trace && { row: eventRow(trace), attempts: trace.attempts, calls: trace.calls }
    },
  }
}

function setupOf({ name, webhookUrl, config }: OpenStack, mayReplay: boolean): Setup {
  const { requestsPerMinute, share } = config.limits
  return {
    place: 'stack',
    name,
    version,
    may: { send: false, replay: mayReplay, retry: false, applySettings: false },
    target: `--stack ${name}`,
    webhookUrl,
    countedSince: `in the last ${shownMinutes / 60} hours by CloudWatch, which is some minutes late; a replay is delivered again, not received again`,
    secondsPerPoint: 60,
    samples: documentationSamples,
    defaults: defaultSettings,
    ...{ requestsPerMinute, share },
    limits: limitsOf(config.limits),
    kustomer: { url: config.settings.baseEndpoint, isSimulated: false },
    faults: [],
  }
}
