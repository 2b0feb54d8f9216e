import { boundedNote } from './bounded-note.ts'
import { startEventSource } from './event-source.ts'
import { placesOf } from './function-environment.ts'
import { lineOf } from './lines.ts'
import type { Memory } from './memory.ts'
import type { FullOptions } from './relay-options.ts'
import { type Containers, startContainers } from './start-containers.ts'
import type { startOutside } from './start-outside.ts'
import { createWaitingMessages, type WaitingMessages } from './waiting-messages.ts'

/**
 * Starts the functions with the services they use, and the event source that invokes the workers. The memory gets what
 * they note, and the options' `onLine` a line for each note to print. What ends the parts is added to `closing`.
 * @throws Error if a function does not start. Then none is left running.
 */
export async function startFunctions(
  options: FullOptions,
  outside: Awaited<ReturnType<typeof startOutside>>,
  memory: Memory,
  closing: (() => unknown)[],
): Promise<Containers & { waiting: WaitingMessages }> {
  const { queues, people, secretStore, kustomerBaseUrl } = outside
  const places = placesOf(queues, people, secretStore)
  const containers = await startContainers({ ...options, kustomerBaseUrl }, places, whole => {
    memory.people.note(whole)
    const note = boundedNote(memory.bodies.keep(whole))
    memory.ledger.note(note)
    const line = lineOf(note, options)
    if (line !== undefined) options.onLine(line)
  })
  const waiting = createWaitingMessages(queues)
  const source = startEventSource({
    queues,
    waiting,
    workers: containers.workers,
    onDone: records => memory.ledger.done(records.map(record => record.messageId)),
    onFault: options.onLine,
  })
  closing.unshift(source.stop, containers.close)
  return { ...containers, waiting }
}
