import type { DatabaseSync } from 'node:sqlite'
import type { BuildAppOptions } from 'fauxqs'

type Stores = NonNullable<BuildAppOptions['stores']>
type SqsStore = Stores['sqsStore']
type Persistence = NonNullable<SqsStore['persistence']>
type Queue = Parameters<Persistence['insertQueue']>[0]
type Message = Parameters<Persistence['insertMessage']>[1]

/** What the emulator calls. Its type is a class with more members, for its other services. */
type QueuePersistence = Pick<
  Persistence,
  | 'insertQueue'
  | 'deleteQueue'
  | 'updateQueueAttributes'
  | 'updateQueueSequenceCounter'
  | 'insertMessage'
  | 'deleteMessage'
  | 'updateMessageInflight'
  | 'updateMessageReady'
  | 'deleteQueueMessages'
>

/**
 * Creates the stores of an SQS emulator (`buildApp`) that keeps its messages in a database. When a queue is created, the
 * messages it had are in it again, in their order, with their ids, times, attributes and receive counts. A message that
 * was in flight is visible at once. Messages that SQS would recognise as sent twice within five minutes are not
 * recognised after a restart.
 */
export async function createStoredQueues(database: DatabaseSync): Promise<Stores> {
  // The emulator's own storage cannot be used: it binds every interface, and setting a visibility of 0 makes it fail.
  const source = new URL('./sqs/sqsStore.js', import.meta.resolve('fauxqs'))
  const { SqsStore } = (await import(source.href)) as { SqsStore: new () => SqsStore }
  const sqsStore = new SqsStore()
  sqsStore.persistence = persistenceIn(database) as Persistence
  return { sqsStore } as Stores
}

/** A write that fails also fails the request, and the queue stays as it is. */
function persistenceIn(database: DatabaseSync): QueuePersistence {
  const insert = database.prepare(
    'INSERT OR IGNORE INTO message (id, queue, content, receives, first_received_ms) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = database.prepare('DELETE FROM message WHERE id = ?')
  const empty = database.prepare('DELETE FROM message WHERE queue = ?')
  const receive = database.prepare('UPDATE message SET receives = ?, first_received_ms = ? WHERE id = ?')
  const restored = new Set<string>()
  return {
    insertQueue(queue) {
      if (restored.has(queue.name)) return
      restored.add(queue.name)
      restore(queue, database)
    },
    insertMessage(queue, message) {
      const {
        approximateReceiveCount: receives,
        approximateFirstReceiveTimestamp: firstMs,
        ...rest
      } = message
      insert.run(message.messageId, queue, JSON.stringify(rest), receives, firstMs ?? null)
    },
    deleteMessage: id => void remove.run(id),
    updateMessageInflight: (
      id: string,
      _handle: string,
      _untilMs: number,
      receives: number,
      firstMs?: number,
    ) => void receive.run(receives, firstMs ?? null, id),
    deleteQueueMessages: queue => void empty.run(queue),
    deleteQueue: queue => void empty.run(queue),
    // A message that becomes visible again changes nothing that is stored, and the relay sets a queue's attributes itself.
    updateMessageReady() {},
    updateQueueAttributes() {},
    updateQueueSequenceCounter() {},
  }
}

function restore(queue: Queue, database: DatabaseSync): void {
  const rows = database.prepare('SELECT * FROM message WHERE queue = ? ORDER BY position').all(queue.name)
  for (const { content, receives, first_received_ms: firstMs } of rows) {
    const message = JSON.parse(String(content)) as Message
    queue.sequenceCounter = Math.max(queue.sequenceCounter, Number(message.sequenceNumber ?? 0))
    queue.enqueue({
      ...message,
      approximateReceiveCount: Number(receives),
      ...(firstMs !== null && { approximateFirstReceiveTimestamp: Number(firstMs) }),
    })
  }
}
