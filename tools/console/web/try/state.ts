import { computed, signal } from '@preact/signals'
import type { Settings } from '../../../../lib/index.ts'
import type { Preview } from '../../server/shapes.ts'
import { now } from '../state/feed.ts'
import { refine, route } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { parseJson } from './json-text.ts'
import { type Remark, remarksOf } from './remarks.ts'

/** The text of the editor. It stays while other views are open. */
export const text = signal('')

/** The settings of the relay. */
export const relaySettings = computed<Settings>(() => now.value?.settings ?? setup().defaults)

/** The settings of the preview that differ from the relay's. The address holds them: `set=genericPage.on`. */
export const changes = computed<Partial<Settings>>(() => {
  const { set = '' } = route.value.params
  const known = relaySettings.value
  const pairs = set.split(' ').map(text => text.split('.'))
  const chosen = pairs.map(([name = '', value]) => [name, value === 'on'] as const)
  return Object.fromEntries(
    chosen.filter(
      ([name, isOn]) =>
        typeof known[name as keyof Settings] === 'boolean' && known[name as keyof Settings] !== isOn,
    ),
  )
})

/** The settings of the preview. */
export const settings = computed<Settings>(() => ({ ...relaySettings.value, ...changes.value }))

/** The text as JSON. */
export const parsed = computed(() => parseJson(text.value))

/** The newest preview, and the text that it is of. */
export const preview = signal<{ text: string; value: Preview } | undefined>(undefined)

/** Why there is no preview, if the relay did not answer. */
export const previewProblem = signal('')

/** The remarks about the text: notes and errors of its preview, or why it is not JSON. */
export const remarks = computed<Remark[]>(() => {
  if (text.value === '') return []
  if ('why' in parsed.value)
    return [{ path: 'JSON', tone: 'error', text: parsed.value.why, line: parsed.value.line }]
  return preview.value?.text === text.value ? remarksOf(preview.value.value, text.value) : []
})

/** Whether the event can be sent and saved: not if it is not JSON, or if the settings are invalid. */
export const isUsable = computed(() => 'value' in parsed.value && preview.value?.value.kind !== 'settings')

/** Whether settings were applied to the relay, and none was changed since. */
export const isApplied = signal(false)

/** Sets a switch of the preview. The relay's own value is no difference. */
export function change(name: keyof Settings, isOn: boolean): void {
  isApplied.value = false
  const { [name]: _, ...others } = changes.peek()
  const next = relaySettings.peek()[name] === isOn ? others : { ...others, [name]: isOn }
  refine({
    set: Object.entries(next)
      .map(([one, value]) => `${one}.${value ? 'on' : 'off'}`)
      .join(' '),
  })
}

/** Gives the preview the relay's settings again. */
export function dropChanges(): void {
  refine({ set: '' })
}
