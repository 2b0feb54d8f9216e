import type { Container } from './container.ts'
import type { FifoQueue } from './fifo-queue.ts'
import type { Random } from './random.ts'
import { createSqsClient, type SqsFaults } from './sqs-client.ts'
import { createSqsService } from './sqs-service.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** How SQS and the way to it misbehave. `partial`: the chance of one entry of a batch call to fail by itself. */
export type RelaySqsFaults = SqsFaults & { partial: number }

/** What SQS serves, by queue URL, and how it fails. `onAnswer` hears every answer that a container received. */
export interface RelaySqsOptions {
  clock: VirtualClock
  random: Random
  queues: ReadonlyMap<string, FifoQueue>
  faults: RelaySqsFaults
  onAnswer(command: object, answer: object): void
}

/**
 * Creates SQS as the relay reaches it: a client for each container and one for the event source.
 * `requests` counts the commands that reached SQS.
 */
export function createRelaySqs({ clock, random, queues, faults, onAnswer }: RelaySqsOptions) {
  const network = random.fork('sqs')
  const serve = createSqsService(queues, () => network.chance(faults.partial))
  let requests = 0
  const execute = (command: object) => {
    requests++
    return serve(command)
  }
  const options = { clock, execute, faults }

  return {
    requests: () => requests,
    eventSource: createSqsClient({ ...options, random: random.fork('sqs of the event source') }),
    /** The SDK's client of one container. Its calls are calls of a port. */
    clientOf(container: Container) {
      const whenRunning = () => container.whenRunning()
      const own = random.fork(`sqs of ${container.name}`)
      const client = createSqsClient({ ...options, random: own, whenRunning })
      const send = container.port('sqs', client.send)
      return {
        async send(command: object, sendOptions?: { abortSignal?: AbortSignal }) {
          const answer = await send(command, sendOptions)
          onAnswer(command, answer)
          return answer
        },
      }
    },
  }
}
