import { groupIdOf, sealEnvelope } from '../../../lib/queue/envelope.ts'
import type { FifoQueue } from '../fifo-queue.ts'
import type { NewMessage } from '../queue-message.ts'
import type { Random } from '../random.ts'
import type { VirtualClock } from '../virtual-clock.ts'
import type { Question } from './question.ts'

/** One event that waits: its body is made when it is read, so that a million of them fit into memory. */
class WaitingEvent implements NewMessage {
  readonly groupId: string
  readonly deduplicationId: string
  readonly #person: number
  readonly #isIdentify: boolean
  readonly #atMs: number

  constructor(groupId: string, index: number, person: number, isIdentify: boolean, atMs: number) {
    this.groupId = groupId
    this.deduplicationId = `e${index}`
    this.#person = person
    this.#isIdentify = isIdentify
    this.#atMs = atMs
  }

  get body(): string {
    const event = eventOf(this.#person, this.deduplicationId, this.#isIdentify)
    const receivedAt = new Date(this.#atMs).toISOString()
    return sealEnvelope({ version: 1, id: this.deduplicationId, receivedAt, event })
  }
}

/** Puts the events of a question onto the queue, evenly over its time, each of a person at random. */
export function startArrivals(
  question: Question,
  queue: FifoQueue,
  clock: VirtualClock,
  random: Random,
): void {
  const { events, people, overMs, identifies } = question
  const startMs = clock.now()
  const groups: string[] = []
  const add = (index: number) => {
    const person = random.int(people)
    const isNew = groups[person] === undefined
    groups[person] ??= groupIdOf(`user-${person}`, 'what-if')
    const isIdentify = isNew || random.next() < identifies
    queue.send(new WaitingEvent(groups[person], index, person, isIdentify, clock.now()))
    const next = index + 1
    if (next < events) clock.at(startMs + Math.floor((next * overMs) / events), () => add(next))
  }
  clock.at(startMs, () => add(0))
}

function eventOf(person: number, id: string, isIdentify: boolean) {
  const userId = `user-${person}`
  const traits = { name: `Person ${person}`, email: `person-${person}@example.test`, plan: id }
  const common = { messageId: id, userId, anonymousId: `device-${person}`, channel: 'web' }
  if (isIdentify)
    return { ...common, type: 'identify', traits: { ...traits, customObject: { lastOrderStr: id } } }
  const properties = { orderId: id, total: 49.9, currency: 'EUR', products: ['shoes', 'socks'] }
  return { ...common, type: 'track', event: 'Order Completed', properties, context: { traits } }
}
