import type { Settings } from '../../../../lib/index.ts'
import { change, changes, relaySettings, settings } from './state.ts'

/** The switches of the preview's settings, with RudderStack's names. A difference from the relay is marked. */
export function SettingsForm() {
  const names = (Object.keys(relaySettings.value) as (keyof Settings)[]).filter(
    name => typeof relaySettings.value[name] === 'boolean',
  )
  return (
    <fieldset class="bar">
      <legend>
        <small>Settings</small>
      </legend>
      {names.map(name => (
        <label key={name} class={name in changes.value ? 'warn' : ''}>
          <input
            type="checkbox"
            name={name}
            checked={settings.value[name] === true}
            onChange={event => change(name, event.currentTarget.checked)}
          />
          <span>{name}</span>
          {name in changes.value && (
            <small> relay: {relaySettings.value[name] === true ? 'on' : 'off'}</small>
          )}
        </label>
      ))}
    </fieldset>
  )
}
