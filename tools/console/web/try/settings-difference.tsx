import { count } from '../parts/format.ts'
import { setup } from '../state/setup.ts'
import { ApplySettings } from './apply-settings.tsx'
import { changes, dropChanges } from './state.ts'

/** Says that the preview uses other settings than the relay, and what to do about it. Nothing without a difference. */
export function SettingsDifference() {
  const names = Object.keys(changes.value)
  if (names.length === 0) return null
  const { may } = setup()
  return (
    <div class="notice warn" role="status">
      <p>
        The preview uses {count(names.length, 'other setting')} than the relay: {names.join(', ')}.
        {may.send && ' Send uses the relay’s settings.'}
      </p>
      <div class="bar">
        {may.applySettings && <ApplySettings />}
        <button type="button" onClick={dropChanges}>
          Back to the relay’s settings
        </button>
      </div>
    </div>
  )
}
