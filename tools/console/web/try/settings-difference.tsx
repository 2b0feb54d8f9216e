import { useEffect } from 'preact/hooks'
import { CopyButton } from '../parts/copy-button.tsx'
import { count } from '../parts/format.ts'
import { now } from '../state/feed.ts'
import { hrefTo } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { ApplySettings } from './apply-settings.tsx'
import { changes, dropChanges, isApplied, relaySettings } from './state.ts'

/** Says that the preview uses other settings than the relay, and what to do about it. Nothing without a difference. */
export function SettingsDifference() {
  const names = Object.keys(changes.value)
  if (names.length === 0) return isApplied.value ? <Applied /> : null
  const { may } = setup()
  return (
    <article class="notice warn">
      <p role="status">
        The preview uses {count(names.length, 'other setting')} than the relay: {names.join(', ')}.
        {may.send && ' Send uses the relay’s settings.'}
        {!may.applySettings &&
          ' Those are in cdk.json: whoever deploys the stack can change them, for all events from then on.'}
      </p>
      <div class="bar">
        {may.applySettings && <ApplySettings />}
        <button type="button" class="secondary outline" onClick={dropChanges}>
          Back to the relay’s settings
        </button>
      </div>
    </article>
  )
}

/** Says that the relay has the settings, and what they may be good for. */
function Applied() {
  useEffect(
    () => () => {
      isApplied.value = false
    },
    [],
  )
  const letters = now.value?.status.deadLetters ?? 0
  return (
    <article class="notice">
      <p role="status">
        <b>Applied.</b> The relay uses these settings for every event from now on, until it stops. To keep
        them, write them into the file that <code>SETTINGS_FILE</code> names.{' '}
        {letters > 0 && (
          <>
            Dead letters are not sent again by themselves:{' '}
            <a href={hrefTo('dead')}>{count(letters, 'dead letter')}</a>.
          </>
        )}
      </p>
      <CopyButton label="Copy settings" text={() => JSON.stringify(relaySettings.value, null, 2)} />
    </article>
  )
}
