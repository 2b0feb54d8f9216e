import { safe } from '../terminal/terminal.ts'
import type { Status } from './start-relay.ts'

/** The numbers of messages in the queues, by state. */
type Counts = Omit<Status, 'delivered'>

/**
 * Says in one sentence what becomes of the events that are still in the relay when it ends: they are kept in `folder`,
 * or without one they are lost. Returns undefined if there are none.
 */
export function atRest(counts: Counts, folder: string | undefined): string | undefined {
  const left = leftIn(counts)
  if (left === undefined) return undefined
  return folder === undefined
    ? `lost with this relay: ${left}; start it with RELAY_DATA=DIR to keep them`
    : `kept in ${safe(folder)}: ${left}`
}

/** Names the events that are in the queues: `2 waiting events and 1 dead letter`. Returns undefined if there are none. */
export function leftIn({ waiting, inFlight, deadLetters }: Counts): string | undefined {
  const parts = [counted(waiting + inFlight, 'waiting event'), counted(deadLetters, 'dead letter')]
  return parts.filter(part => part !== '').join(' and ') || undefined
}

function counted(n: number, noun: string): string {
  if (n === 0) return ''
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
