import { useState } from 'preact/hooks'
import { count } from '../parts/format.ts'
import { ask } from '../state/api.ts'

/** A button that ends the delay before the next attempt, for all waiting events of a person: they stay in their order. */
export function RetryWaiting({ person }: { person: string }) {
  const [said, say] = useState('')
  const retry = async () => {
    const answer = await ask<{ retried: number }>('/local/retry', { person }).catch((error: Error) => error)
    if (answer instanceof Error) return say(answer.message)
    say(
      answer.retried === 0
        ? 'It is being attempted.'
        : `${count(answer.retried, 'event')} of this person tried now`,
    )
  }
  return (
    <>
      <button type="button" onClick={() => void retry()}>
        Retry now
      </button>
      <small role="status">{said}</small>
    </>
  )
}
