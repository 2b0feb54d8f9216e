/** An event of the trace and its arrival, in seconds from the start of the day. */
export interface Arrival {
  atSeconds: number
  event: Record<string, unknown>
}

/** The size of a trace, and its seed. */
export interface TraceSize {
  events: number
  people: number
  seed: number
}

const names = ['Product Viewed', 'Product Added', 'Cart Viewed', 'Checkout Started', 'Order Completed']
const daySeconds = 86_400

/**
 * Returns a day of a web shop; the same seed gives the same day. It has sessions with an identify and one to three
 * pages and tracks, spread over the day. 30 % of the people are anonymous in their first session, which has no
 * identify.
 */
export function trace({ events, people, seed }: TraceSize): Arrival[] {
  const random = randomFrom(seed)
  const arrivals: Arrival[] = []
  const seen = new Set<number>()
  while (arrivals.length < events) {
    const person = Math.floor(random() * people)
    const isAnonymous = !seen.has(person) && person % 10 < 3
    seen.add(person)
    const start = random() * daySeconds
    const session = sessionOf(person, isAnonymous, random)
    for (const [i, event] of session.entries())
      arrivals.push({ atSeconds: start + i * (5 + random() * 55), event })
  }
  const day = arrivals.slice(0, events).toSorted((a, b) => a.atSeconds - b.atSeconds)
  return day.map(({ atSeconds, event }, i) => ({
    atSeconds,
    event: { ...event, messageId: `trace-${seed}-${i}` },
  }))
}

function sessionOf(person: number, isAnonymous: boolean, random: () => number): Record<string, unknown>[] {
  const ids = { anonymousId: `anonymous-${person}`, ...(!isAnonymous && { userId: `user-${person}` }) }
  const email = `person-${person}@shop.example`
  const identify = { ...ids, type: 'identify', traits: { email, name: `Person ${person}` } }
  const activities = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, i) => {
    const properties = { value: Math.round(random() * 10_000) / 100, position: i }
    if (random() < 0.5) return { ...ids, type: 'page', name: 'Product', properties }
    return { ...ids, type: 'track', event: names[Math.floor(random() * names.length)], properties }
  })
  return isAnonymous ? activities : [identify, ...activities]
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
