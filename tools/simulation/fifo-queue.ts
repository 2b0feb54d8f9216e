import { type AvailableGroups, createAvailableGroups } from './available-groups.ts'
import { createDeduplication } from './deduplication.ts'
import { createMessageGroup, type MessageGroup } from './message-group.ts'
import type { NewMessage, QueueMessage, ReceivedMessage } from './queue-message.ts'
import type { Random } from './random.ts'
import { createScanWindow, type ScanWindow } from './scan-window.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** How a queue is set up and whom it tells. */
export interface FifoQueueOptions {
  name: string
  clock: VirtualClock
  /** Lets receives take other groups than the oldest now and then. */
  random?: Random
  visibilitySeconds: number
  retentionSeconds: number
  /** Where messages go that were received `maxReceiveCount` times. */
  redrive?: { maxReceiveCount: number; to: FifoQueue }
  /** Messages among which groups are looked for; 120,000. */
  scanWindow?: number
  /** A message was dropped because it was older than the retention. */
  onExpired?(message: QueueMessage): void
  /** The queue itself moved a message to the dead-letter queue. */
  onRedriven?(message: QueueMessage): void
  /** A message was added. */
  onSent?(message: QueueMessage): void
  /** A message was deleted by whoever had received it. */
  onDeleted?(message: QueueMessage): void
}

const maxBatch = 10
const maxInFlight = 120_000
const maxHiddenMs = 43_200_000

/**
 * An SQS FIFO queue without the network. Nothing here throws. Its rules (docs.aws.amazon.com, SQS developer guide and
 * API reference, read 2026-11-26):
 * - a group gives out its messages in order, and none while one of them is in flight ("FIFO delivery logic");
 * - a receive gives at most ten messages, as many as possible of one group before the next ("FIFO delivery logic");
 * - a message is hidden for the visibility time-out or for what `ChangeMessageVisibility` says, at most 12 hours after
 *   the receive; then it is given out under a new handle, and the old one is not valid any more;
 * - a message that was received `maxReceiveCount` times goes to the dead-letter queue, where its age starts anew
 *   ("Setting-up dead-letter queue retention");
 * - at most 120,000 messages are in flight ("Avoid large message backlogs with the same message group ID").
 */
export class FifoQueue {
  readonly name: string
  readonly #options: FifoQueueOptions
  readonly #clock: VirtualClock
  readonly #scan: ScanWindow
  readonly #available: AvailableGroups
  readonly #deduplication = createDeduplication()
  readonly #groups = new Map<string, MessageGroup>()
  readonly #inFlight = new Map<string, QueueMessage>()
  readonly #hidden = new Map<number, ReceivedMessage[]>()
  readonly #listeners: (() => void)[] = []
  #sent = 0
  #receives = 0
  #size = 0

  constructor(options: FifoQueueOptions) {
    this.name = options.name
    this.#options = options
    this.#clock = options.clock
    this.#scan = createScanWindow(options.scanWindow ?? maxInFlight)
    this.#available = createAvailableGroups(this.#scan, options.random)
  }

  /** How many messages are there, in flight or not. */
  get size(): number {
    return this.#size
  }

  /** Adds a message. Within five minutes of an equal one it gives that one and adds nothing. */
  send(message: NewMessage): QueueMessage {
    const nowMs = this.#clock.now()
    const before = this.#deduplication.find(message, nowMs)
    if (before) return before
    const added = this.#toMessage(message)
    this.#deduplication.add(added, nowMs)
    this.#size++
    this.#scan.add(added)
    const group = this.#groups.get(added.groupId) ?? createMessageGroup(added.groupId)
    this.#groups.set(group.id, group)
    group.add(added)
    this.#options.onSent?.(added)
    this.#offer(group)
    return added
  }

  /** Up to `max` messages, at most ten, each of which the caller holds until it is deleted or visible again. */
  receive(max: number): ReceivedMessage[] {
    const received: ReceivedMessage[] = []
    const limit = Math.min(max, maxBatch, maxInFlight - this.#inFlight.size)
    while (received.length < limit) {
      const group = this.#available.take()
      if (!group) break
      for (const message of group.messages()) {
        if (received.length >= limit || !this.#scan.holds(message)) break
        if (this.#mayGiveOut(message)) received.push(this.#giveOut(message, group))
      }
      this.#offer(group)
    }
    return received
  }

  /** Deletes a message in flight; false where the handle is not valid any more. */
  delete(receipt: string): boolean {
    const message = this.#inFlight.get(receipt)
    if (!message) return false
    this.#remove(message)
    this.#land(message)
    this.#options.onDeleted?.(message)
    return true
  }

  /** Hides a message in flight for `seconds` from now; false where the handle is not valid or the time too long. */
  changeVisibility(receipt: string, seconds: number): boolean {
    const message = this.#inFlight.get(receipt)
    const untilMs = this.#clock.now() + seconds * 1_000
    if (!message || untilMs > message.hiddenAtMostMs) return false
    if (seconds <= 0) this.#land(message)
    else this.#hide(message, receipt, untilMs)
    return true
  }

  /** Calls `listener` whenever messages may have become available. */
  onAvailable(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** All messages that are there, in flight or not, in the order in which they were sent. */
  messages(): QueueMessage[] {
    const all = [...this.#groups.values()].flatMap(group => [...group.messages()])
    return all.sort((a, b) => a.sequence - b.sequence)
  }

  #toMessage(message: NewMessage): QueueMessage {
    const sequence = ++this.#sent
    const { groupId, deduplicationId, attributes } = message
    return {
      ...{ groupId, deduplicationId, attributes },
      get body() {
        return message.body
      },
      id: `${this.name}-${sequence}`,
      sequence,
      sentAtMs: this.#clock.now(),
      receiveCount: 0,
      firstReceivedAtMs: undefined,
      receipt: undefined,
      hiddenUntilMs: 0,
      hiddenAtMostMs: 0,
      isGone: false,
    }
  }

  /** Drops what is too old and moves what was received too often; true where the message may be given out. */
  #mayGiveOut(message: QueueMessage): boolean {
    const { redrive, retentionSeconds, onExpired, onRedriven } = this.#options
    const isTooOld = this.#clock.now() - message.sentAtMs >= retentionSeconds * 1_000
    const isExhausted = redrive !== undefined && message.receiveCount >= redrive.maxReceiveCount
    if (!isTooOld && !isExhausted) return true
    this.#remove(message)
    if (!isTooOld) redrive?.to.send(message)
    const tell = isTooOld ? onExpired : onRedriven
    tell?.(message)
    return false
  }

  #giveOut(message: QueueMessage, group: MessageGroup): ReceivedMessage {
    const nowMs = this.#clock.now()
    const receipt = `${this.name}-receipt-${++this.#receives}`
    message.receipt = receipt
    message.receiveCount++
    message.firstReceivedAtMs ??= nowMs
    message.hiddenAtMostMs = nowMs + maxHiddenMs
    this.#inFlight.set(receipt, message)
    group.inFlight++
    this.#hide(message, receipt, nowMs + this.#options.visibilitySeconds * 1_000)
    return { message, receipt }
  }

  /** Messages that become visible at the same moment share one timer. */
  #hide(message: QueueMessage, receipt: string, untilMs: number) {
    message.hiddenUntilMs = untilMs
    const hidden = this.#hidden.get(untilMs)
    if (hidden) {
      hidden.push({ message, receipt })
      return
    }
    this.#hidden.set(untilMs, [{ message, receipt }])
    this.#clock.at(untilMs, () => this.#show(untilMs))
  }

  #show(untilMs: number) {
    const hidden = this.#hidden.get(untilMs) ?? []
    this.#hidden.delete(untilMs)
    for (const { message, receipt } of hidden)
      if (message.receipt === receipt && message.hiddenUntilMs === untilMs) this.#land(message)
  }

  /** Ends the flight of a message: its handle is not valid any more, and its group may be free again. */
  #land(message: QueueMessage) {
    this.#inFlight.delete(message.receipt ?? '')
    message.receipt = undefined
    const group = this.#groups.get(message.groupId)
    if (!group) return
    group.inFlight--
    this.#offer(group)
  }

  #remove(message: QueueMessage) {
    message.isGone = true
    this.#size--
    this.#scan.remove(message)
  }

  #offer(group: MessageGroup) {
    if (group.inFlight > 0) return
    if (!group.first()) {
      this.#groups.delete(group.id)
      return
    }
    this.#available.list(group)
    for (const listener of this.#listeners) listener()
  }
}
