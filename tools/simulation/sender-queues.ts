import type { PlannedEvent } from './planned-event.ts'

/** What sender queues need. `send` resolves with true where the events were taken. */
export interface SenderQueuesOptions {
  eventsPerRequest: number
  now(): number
  send(batch: readonly PlannedEvent[]): Promise<boolean>
}

/**
 * Creates RudderStack's queues: one for each key, or one in all where a request carries several events. Each sends one
 * request after the other. `restart` puts the events that were taken in the last `withinMs` at the front again.
 */
export function createSenderQueues({ eventsPerRequest, now, send }: SenderQueuesOptions) {
  const queues = new Map<string, { waiting: PlannedEvent[]; isBusy: boolean }>()
  let recent: { event: PlannedEvent; at: number }[] = []

  const queueOf = (event: PlannedEvent) => {
    const key = eventsPerRequest > 1 ? 'all' : event.queueKey
    const queue = queues.get(key) ?? { waiting: [], isBusy: false }
    queues.set(key, queue)
    return queue
  }
  const work = async (queue: ReturnType<typeof queueOf>) => {
    if (queue.isBusy) return
    queue.isBusy = true
    while (queue.waiting.length > 0) {
      const batch = queue.waiting.splice(0, eventsPerRequest)
      if (await send(batch)) for (const event of batch) recent.push({ event, at: now() })
    }
    queue.isBusy = false
  }

  return {
    add(event: PlannedEvent): void {
      const queue = queueOf(event)
      queue.waiting.push(event)
      void work(queue)
    },
    restart(withinMs: number): void {
      for (const { event, at } of recent.reverse())
        if (at > now() - withinMs) queueOf(event).waiting.unshift(event)
      recent = []
      for (const queue of queues.values()) void work(queue)
    },
  }
}
