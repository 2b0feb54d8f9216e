import type { RequestRecord } from '../kustomer-stand-in/types.ts'

/** An event that ingest accepted. `mark` is what Kustomer gets to see of it: an event's name, or a customer's. */
export interface Sent {
  event: Record<string, unknown> & { messageId: string; type: string }
  person: string
  mark: string
}

/** What Kustomer stored of one event, once for each time that it stored it. `isAnswered`: the answer was sent back. */
export interface Stored {
  mark: string
  isAnswered: boolean
}

/** Where the events ended; lists name them by their marks. All lists but `dead` and `doubledAllowed` must be empty. */
export interface Account {
  accepted: number
  delivered: number
  dead: string[]
  lost: string[]
  /** Delivered and in the dead-letter queue. */
  both: string[]
  /** Tracking events that Kustomer has more than once because it stored them and its answer was lost. */
  doubledAllowed: string[]
  doubled: string[]
  /** People of whom a later event was stored before an earlier one. */
  disordered: string[]
}

/** What a stand-in's log says was stored, in order. */
export function storedIn(requests: RequestRecord[]): Stored[] {
  return requests.flatMap(({ applied, kind, body, status }) => {
    const mark = applied ? markIn(kind, body) : undefined
    return mark === undefined ? [] : [{ mark, isAnswered: status !== 0 }]
  })
}

/**
 * Holds what was sent against what Kustomer stored and what lies in the dead-letter queue (RudderStack's ids). Every
 * event must have one end, every person's in the order in which they were sent.
 */
export function account(sent: Sent[], stored: Stored[], deadIds: string[]): Account {
  const times = Map.groupBy(stored, ({ mark }) => mark)
  const deaths = new Set(deadIds)
  const marks = (keep: (one: Sent, stored: Stored[]) => boolean) =>
    sent.filter(one => keep(one, times.get(one.mark) ?? [])).map(({ mark }) => mark)
  const isDead = ({ event }: Sent) => deaths.has(event.messageId)
  const isTwice = (one: Sent, stored: Stored[]) => one.event.type !== 'identify' && stored.length > 1
  const mayBeTwice = (stored: Stored[]) => stored.slice(0, -1).every(({ isAnswered }) => !isAnswered)
  return {
    accepted: sent.length,
    delivered: marks((one, stored) => stored.length > 0 && !isDead(one)).length,
    dead: marks(isDead),
    lost: marks((one, stored) => stored.length === 0 && !isDead(one)),
    both: marks((one, stored) => stored.some(({ isAnswered }) => isAnswered) && isDead(one)),
    doubledAllowed: marks((one, stored) => isTwice(one, stored) && mayBeTwice(stored)),
    doubled: marks((one, stored) => isTwice(one, stored) && !mayBeTwice(stored)),
    disordered: disordered(sent, stored),
  }
}

/** Whether an account leaves nothing to explain. */
export function isBalanced({ accepted, delivered, dead, ...rest }: Account): boolean {
  const wrong = [rest.lost, rest.both, rest.doubled, rest.disordered].flat()
  return wrong.length === 0 && delivered + dead.length === accepted
}

function disordered(sent: Sent[], stored: Stored[]): string[] {
  const places = new Map(sent.map(({ mark, person }, place) => [mark, { person, place }]))
  const latest = new Map<string, number>()
  const wrong = new Set<string>()
  for (const { mark } of stored) {
    const { person, place } = places.get(mark) ?? {}
    if (person === undefined || place === undefined) continue
    if (place < (latest.get(person) ?? 0)) wrong.add(person)
    latest.set(person, place)
  }
  return [...wrong]
}

function markIn(kind: RequestRecord['kind'], body: RequestRecord['body']): string | undefined {
  const content = body as { event?: { name?: unknown }; name?: unknown } | undefined
  const mark = kind === 'record' ? content?.event?.name : content?.name
  return typeof mark === 'string' ? mark : undefined
}
