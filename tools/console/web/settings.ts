import type { Settings } from '../../../lib/index.ts'
import { el } from './dom.ts'

/** The form of the mapping settings. */
export interface SettingsForm {
  element: HTMLElement
  value(): Settings
}

/** Creates one checkbox for each boolean setting, with RudderStack's name and the relay's value. */
export function settingsForm(relay: Settings, onChange: () => void): SettingsForm {
  const value = { ...relay }
  const switches = Object.entries(relay).flatMap(([name, given]) => {
    if (typeof given !== 'boolean') return []
    const box = el('input', { type: 'checkbox', name, checked: given })
    box.addEventListener('change', () => {
      Object.assign(value, { [name]: box.checked })
      onChange()
    })
    return [el('label', { class: 'switch' }, box, name)]
  })
  const legend = el('legend', {}, 'Settings')
  return { element: el('fieldset', { class: 'settings' }, legend, ...switches), value: () => value }
}
