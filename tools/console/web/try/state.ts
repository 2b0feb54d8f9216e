import { computed, signal } from '@preact/signals'
import type { Settings } from '../../../../lib/index.ts'
import type { Preview } from '../../server/shapes.ts'
import { now } from '../state/feed.ts'
import { setup } from '../state/setup.ts'
import { parseJson } from './json-text.ts'
import { type Remark, remarksOf } from './remarks.ts'

/** The text of the editor. It stays while other views are open. */
export const text = signal('')

/** The settings of the preview that differ from the relay's. */
export const changes = signal<Partial<Settings>>({})

/** The settings of the relay. */
export const relaySettings = computed<Settings>(() => now.value?.settings ?? setup().defaults)

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
  if ('why' in parsed.value)
    return [{ path: 'JSON', tone: 'error', text: parsed.value.why, line: parsed.value.line }]
  return preview.value?.text === text.value ? remarksOf(preview.value.value, text.value) : []
})

/** Whether the event can be sent and saved: not if it is not JSON, or if the settings are invalid. */
export const isUsable = computed(() => 'value' in parsed.value && preview.value?.value.kind !== 'settings')

/** Sets a setting of the preview. The relay's own value is no difference. */
export function change(name: keyof Settings, value: Settings[keyof Settings]): void {
  const { [name]: _, ...others } = changes.peek()
  changes.value = relaySettings.peek()[name] === value ? others : { ...others, [name]: value }
}
