import { batch } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { Settings } from '../../../../lib/index.ts'
import { ask } from '../state/api.ts'
import { now } from '../state/feed.ts'
import { dropChanges, isApplied, settings } from './state.ts'

/** The button that makes the preview's settings the relay's. */
export function ApplySettings() {
  const [said, say] = useState('')
  const apply = async () => {
    say('applying …')
    const answer = await ask<Settings>('/local/settings', { settings: settings.value }).catch(
      (error: Error) => error,
    )
    if (answer instanceof Error) return say(answer.message)
    const numbers = now.peek()
    batch(() => {
      if (numbers) now.value = { ...numbers, settings: answer }
      dropChanges()
      isApplied.value = true
    })
  }
  return (
    <>
      <button type="button" onClick={() => void apply()}>
        Apply to the relay
      </button>
      {said !== '' && <span role="status">{said}</span>}
    </>
  )
}
