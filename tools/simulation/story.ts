import { identifyEvent, stamped, trackingEvent } from './event-json.ts'
import { type Person, resetDevice } from './people.ts'
import type { IdentifyContent, PlannedEvent } from './planned-event.ts'
import type { Random } from './random.ts'
import type { WorkloadOptions } from './scenario.ts'

/** An event but for its times, which the plan gives it. */
export type Step = (times: Pick<PlannedEvent, 'mark' | 'at' | 'occurredAt'>) => PlannedEvent

/** What somebody is to be recognised by in an event. */
interface Who {
  userId?: string
  anonymousId?: string
}

/** What steps are drawn from. `others` are those whose addresses somebody may type. */
export interface StoryPorts {
  random: Random
  others: readonly Person[]
  options: WorkloadOptions
}

/**
 * The next thing that a person does: look around as a guest, leave an address, log in, change what is known of them,
 * buy, log out. On a shared device the anonymous id outlives the log-out, as it does without the SDK's `reset()`.
 */
export function nextStep(person: Person, ports: StoryPorts): Step {
  const { random, options } = ports
  const { device } = person
  const isLoggedIn = device.user === person
  const dice = random.next()
  const guest = { anonymousId: device.anonymousId }
  if (dice < 0.01) return oddEvent(random.chance(0.5), guest)
  if (!isLoggedIn) {
    if (dice < options.guests) return tracked(person, guest, random)
    if (dice < options.guests + 0.1) return identified(person, guest, false, ports)
    device.user = person
    return identified(person, { userId: person.userId, ...guest }, false, ports)
  }
  if (dice < 0.06) {
    delete device.user
    if (!device.isShared) resetDevice(device, random)
    return tracked(person, { anonymousId: device.anonymousId }, random)
  }
  const user = { userId: person.userId, ...guest }
  if (dice < 0.2) return identified(person, user, false, ports)
  if (dice < 0.3) return identified(person, { userId: person.userId }, true, ports)
  return tracked(person, user, random)
}

/** An identify of a second source about something that happened earlier. */
export function backfill(person: Person, ports: StoryPorts): Step {
  return identified(person, { userId: person.userId }, true, ports)
}

/** The same event as a sender makes it who does not know that nothing has changed: another id, the same content. */
export function repeated(before: PlannedEvent): Step {
  return times => {
    const planned = { ...before, ...times, againAt: [], contentMark: before.contentMark }
    return { ...planned, event: { ...before.event, ...stamped(planned, {}, {}) } }
  }
}

function tracked(person: Person, who: Who, random: Random): Step {
  return times => {
    const planned = basics(person, who, times)
    return { ...planned, event: trackingEvent(planned, sent(who), random) }
  }
}

function identified(person: Person, who: Who, isServer: boolean, ports: StoryPorts): Step {
  const identify = contentOf(person, ports)
  return times => {
    const named = identify.name === undefined ? {} : { name: `${identify.name} ${times.mark}` }
    const planned = { ...basics(person, who, times), identify: { ...identify, ...named } }
    return { ...planned, event: identifyEvent(planned, sent(who), isServer) }
  }
}

/** A type that is not delivered, or an event without anybody. */
function oddEvent(isIgnored: boolean, who: Who): Step {
  return times => {
    const queueKey = `${who.anonymousId}:`
    const expected = isIgnored ? ('ignored' as const) : ('refused' as const)
    const planned = {
      ...times,
      contentMark: times.mark,
      againAt: [],
      queueKey,
      role: 'anonymous' as const,
      expected,
    }
    const event = isIgnored
      ? stamped(planned, who, { type: 'group' })
      : stamped(planned, {}, { type: 'track', event: 'Nobody' })
    return { ...planned, event }
  }
}

function basics(person: Person, { userId, anonymousId }: Who, times: Parameters<Step>[0]) {
  const externalId = userId ?? anonymousId ?? person.userId
  person.externalIds.add(externalId)
  return {
    ...{ ...times, contentMark: times.mark, againAt: [], externalId, expected: 'delivered' as const },
    queueKey: `${anonymousId ?? ''}:${userId ?? ''}`,
    role: userId === undefined ? ('anonymous' as const) : ('user' as const),
    ...(anonymousId !== undefined && { anonymousId }),
  }
}

/** The JavaScript SDK sends an empty `userId` for a guest. */
function sent({ userId = '', anonymousId }: Who) {
  return { userId, ...(anonymousId !== undefined && { anonymousId }) }
}

function contentOf(person: Person, { random, others, options }: StoryPorts): IdentifyContent {
  const own = person.emails.slice(0, 1 + random.int(person.emails.length)).reverse()
  const foreign = random.chance(options.foreignAddress) ? random.pick(others).emails.slice(0, 1) : []
  const emails = random.chance(0.2) ? [] : [...foreign, ...own].slice(0, 1 + random.int(3))
  return {
    emails,
    ...(random.chance(0.8) && { name: person.name }),
    ...(random.chance(0.5) && { phone: person.phone }),
    ...(random.chance(0.5) && { plan: random.pick(['free', 'pro', 'team']) }),
  }
}
