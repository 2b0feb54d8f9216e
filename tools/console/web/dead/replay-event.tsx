import { useState } from 'preact/hooks'
import type { Summary } from '../../../dead-letters/describe.ts'
import { ask } from '../state/api.ts'
import { ReplayReport } from './replay-report.tsx'
import { replayLetters, replayProblem } from './replaying.ts'

/** A button that replays the dead letters of one event, and the report of that. `isDoomed`: it would fail again. */
export function ReplayEvent({ eventId, isDoomed }: { eventId: string; isDoomed: boolean }) {
  const [isStarted, setStarted] = useState(false)
  const retry = async () => {
    const letters = await ask<Summary[]>('/local/dead-letters').catch((error: Error) => error)
    setStarted(true)
    if (letters instanceof Error) {
      replayProblem.value = letters.message
      return
    }
    const ids = letters.filter(letter => letter.eventId === eventId).map(({ id }) => id)
    if (ids.length === 0) replayProblem.value = 'The dead-letter queue has no letter of this event.'
    await replayLetters(ids)
  }
  return (
    <>
      <button type="button" class={isDoomed ? 'secondary outline' : ''} onClick={() => void retry()}>
        Replay
      </button>
      {isStarted && <ReplayReport />}
    </>
  )
}
