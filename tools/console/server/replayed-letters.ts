import type { DeadLetterMessage } from '../../dead-letters/dead-letter-message.ts'
import type { ReplayEnd, WaitingReplay } from '../../dead-letters/follow.ts'
import type { ReplayReport } from '../../dead-letters/replay.ts'
import { externalIdIn } from '../../local-relay/external-id-in.ts'
import type { ReplayedLetter } from './letter-shapes.ts'

type State = Pick<ReplayedLetter, 'state' | 'why'>

/** Returns the letters of a replay with what the report says of each. One that is in no list was gone before. */
export function lettersOf(ids: string[], report: ReplayReport): ReplayedLetter[] {
  const states = new Map<string, ReplayedLetter>()
  const add = (deadLetter: DeadLetterMessage, state: State) =>
    states.set(deadLetter.id, { ...headOf(deadLetter), ...state })
  for (const one of report.replayed) add(one, { state: 'waiting', why: 'in the queue' })
  for (const { deadLetter, why } of report.notReplayed) add(deadLetter, { state: 'notReplayed', why })
  for (const { deadLetter, why } of report.notDeleted) add(deadLetter, { state: 'notDeleted', why })
  const gone = {
    name: 'dead letter',
    state: 'notReplayed',
    why: 'it is no longer in the dead-letter queue',
  } as const
  return ids.map(id => states.get(id) ?? { id, ...gone })
}

/** Gives letters the names of their events, before anything else is known of them. */
export function nameLetters(letters: ReplayedLetter[], deadLetters: DeadLetterMessage[]): void {
  const heads = new Map(deadLetters.map(deadLetter => [deadLetter.id, headOf(deadLetter)]))
  for (const letter of letters) Object.assign(letter, heads.get(letter.id))
}

/** Sets the states of the letters that were followed. */
export function followLetters(letters: ReplayedLetter[], ends: ReplayEnd[], waiting: WaitingReplay[]): void {
  const states = new Map<string, State>([
    ...waiting.map(({ sent, why }) => [sent.deadLetter.id, { state: 'waiting', why }] as const),
    ...ends.map(({ sent, kind }) => [sent.deadLetter.id, { state: kind, why: '' }] as const),
  ])
  for (const letter of letters)
    if (letter.state !== 'notDeleted') Object.assign(letter, states.get(letter.id))
}

/** Says why letters died again: the reasons of the newest dead letters of the same events. */
export function explainDeaths(letters: ReplayedLetter[], deadLetters: DeadLetterMessage[]): void {
  for (const letter of letters) {
    const again =
      letter.state === 'deadAgain' && deadLetters.findLast(({ eventId }) => eventId === letter.eventId)
    if (again) letter.why = `${again.code} ${again.reason}`.trim()
  }
}

function headOf({ id, body, eventType, eventName, eventId }: DeadLetterMessage) {
  const userId = externalIdIn(body)
  const name = [eventType, eventName].filter(Boolean).join(' ') || 'event'
  return { id, name, ...(userId !== undefined && { userId }), ...(eventId !== undefined && { eventId }) }
}
