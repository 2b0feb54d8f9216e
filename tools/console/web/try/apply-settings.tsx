import { useState } from 'preact/hooks'
import { ask } from '../state/api.ts'
import { changes, settings } from './state.ts'

/** The button that makes the preview's settings the relay's. */
export function ApplySettings() {
  const [said, say] = useState('')
  const apply = async () => {
    say('applying …')
    const error = await ask('/local/settings', { settings: settings.value }).then(
      () => undefined,
      (error: Error) => error,
    )
    if (error) return say(error.message)
    changes.value = {}
  }
  return (
    <>
      <button type="button" class="primary" onClick={() => void apply()}>
        Apply to the relay
      </button>
      {said !== '' && <span role="status">{said}</span>}
    </>
  )
}
