import { effect } from '@preact/signals'
import type { Preview } from '../../server/shapes.ts'
import { ask } from '../state/api.ts'
import { parsed, preview, previewProblem, settings, text } from './state.ts'

/** Milliseconds without a key press before the event is previewed. */
const pauseMs = 120

/** Previews the text whenever it or the settings change. Only the newest answer counts. Returns what ends it. */
export function startPreviewing(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest = 0
  const stop = effect(() => {
    const [event, of, chosen] = [parsed.value, text.value, settings.value]
    clearTimeout(timer)
    const turn = ++newest
    if ('why' in event) return
    timer = setTimeout(async () => {
      const body = { event: event.value, settings: chosen }
      const answer = await ask<Preview>('/local/preview', body).catch((error: Error) => error)
      if (turn !== newest) return
      previewProblem.value = answer instanceof Error ? answer.message : ''
      if (!(answer instanceof Error)) preview.value = { text: of, value: answer }
    }, pauseMs)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}
