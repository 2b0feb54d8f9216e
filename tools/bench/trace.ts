/** An event of the trace and its arrival, in seconds from the start of the day. */
export interface Arrival {
  atSeconds: number
  event: Record<string, unknown>
}

/** The size of a trace, its seed, and its kind of site (a shop, if it is absent). */
export interface TraceSize {
  events: number
  people: number
  seed: number
  site?: Site
}

/**
 * A `shop` identifies people once in a session; 30 % of them are anonymous in their first session. A `members` site has
 * the code that many sites have in every page: `identify`, then `page`. Everybody is logged in.
 */
export type Site = 'shop' | 'members'

const names = ['Product Viewed', 'Product Added', 'Cart Viewed', 'Checkout Started', 'Order Completed']
const daySeconds = 86_400

/**
 * Returns a day of a site; the same seed gives the same day. Sessions are spread over the day. In a shop they have an
 * identify and one to three pages and tracks; on a members' site one to nine page views, each with its identify, and a
 * track after one in ten.
 */
export function trace({ events, people, seed, site = 'shop' }: TraceSize): Arrival[] {
  const random = randomFrom(seed)
  const arrivals: Arrival[] = []
  const seen = new Set<number>()
  while (arrivals.length < events) {
    const person = Math.floor(random() * people)
    const isAnonymous = site === 'shop' && !seen.has(person) && person % 10 < 3
    seen.add(person)
    const start = random() * daySeconds
    const session =
      site === 'shop' ? shopSession(person, isAnonymous, random) : membersSession(person, random)
    let atSeconds = start
    for (const event of session) {
      arrivals.push({ atSeconds, event })
      // The page follows its identify at once.
      atSeconds += site === 'members' && event.type === 'identify' ? 0.005 : 5 + random() * 55
    }
  }
  const day = arrivals.slice(0, events).toSorted((a, b) => a.atSeconds - b.atSeconds)
  return day.map(({ atSeconds, event }, i) => ({
    atSeconds,
    event: { ...event, messageId: `trace-${seed}-${i}` },
  }))
}

function shopSession(person: number, isAnonymous: boolean, random: () => number): Record<string, unknown>[] {
  const ids = { anonymousId: `anonymous-${person}`, ...(!isAnonymous && { userId: `user-${person}` }) }
  const activities = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, i) =>
    random() < 0.5 ? pageOf(ids, i, random) : trackOf(ids, i, random),
  )
  return isAnonymous ? activities : [identifyOf(person), ...activities]
}

function membersSession(person: number, random: () => number): Record<string, unknown>[] {
  const identify = identifyOf(person)
  return Array.from({ length: 1 + Math.floor(random() * 9) }, (_, i) => {
    const view = [identify, pageOf(identify, i, random)]
    return random() < 0.1 ? [...view, trackOf(identify, i, random)] : view
  }).flat()
}

/** The ids of an event. */
interface Ids {
  anonymousId: string
  userId?: string
}

function identifyOf(person: number) {
  const traits = { email: `person-${person}@shop.example`, name: `Person ${person}` }
  return { anonymousId: `anonymous-${person}`, userId: `user-${person}`, type: 'identify', traits }
}

function pageOf({ anonymousId, userId }: Ids, position: number, random: () => number) {
  const properties = { value: Math.round(random() * 10_000) / 100, position }
  return { anonymousId, ...(userId && { userId }), type: 'page', name: 'Product', properties }
}

function trackOf(ids: Ids, position: number, random: () => number) {
  const { name: _, ...rest } = pageOf(ids, position, random)
  return { ...rest, type: 'track', event: names[Math.floor(random() * names.length)] }
}

/** Creates a generator of numbers from 0 to 1 (mulberry32). The same seed gives the same numbers. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
