import type { RequestRecord } from '../kustomer-stand-in/types.ts'

/** An event that ingest accepted. `mark` identifies it in Kustomer: the name of an event or of a customer. */
export interface Sent {
  event: Record<string, unknown> & { messageId: string; type: string }
  person: string
  mark: string
}

/** One write of an event that Kustomer stored. `isAnswered`: the answer was sent. */
export interface Stored {
  mark: string
  isAnswered: boolean
}

/** The result of every event; lists contain marks. All lists but `dead` and `doubledAllowed` must be empty. */
export interface Account {
  accepted: number
  delivered: number
  dead: string[]
  lost: string[]
  /** Delivered, and also in the dead-letter queue. */
  both: string[]
  /** Tracking events that Kustomer stored more than once because an answer was lost. */
  doubledAllowed: string[]
  doubled: string[]
  /** People with a later event that was stored before an earlier one. */
  disordered: string[]
}

/** Returns the writes that a stand-in stored, in order, from its request log. */
export function storedIn(requests: RequestRecord[]): Stored[] {
  return requests.flatMap(({ applied, kind, body, status }) => {
    const mark = applied ? markIn(kind, body) : undefined
    return mark === undefined ? [] : [{ mark, isAnswered: status !== 0 }]
  })
}

/**
 * Compares the events that were sent with those that Kustomer stored and those in the dead-letter queue (RudderStack's
 * ids). Every event must have exactly one result, and the events of each person must be stored in order.
 */
export function account(sent: Sent[], stored: Stored[], deadIds: string[]): Account {
  const times = Map.groupBy(stored, ({ mark }) => mark)
  const deadLettered = new Set(deadIds)
  const marks = (keep: (one: Sent, stored: Stored[]) => boolean) =>
    sent.filter(one => keep(one, times.get(one.mark) ?? [])).map(({ mark }) => mark)
  const isDead = ({ event }: Sent) => deadLettered.has(event.messageId)
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

/** Whether an account has no lost, doubled or disordered event. */
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
