import type { Setup } from '../server/shapes.ts'
import { button, el, field, select } from './dom.ts'
import { createEditor } from './editor.ts'
import { createFollow } from './follow.ts'
import { download, goldenCase, goldenName } from './golden.ts'
import { createPreviewPane } from './preview-pane.ts'
import { settingsForm } from './settings.ts'
import type { Store } from './store.ts'

/** Milliseconds without a key press before the event is previewed. */
const pauseMs = 120

/** The view "Try": an event on the left, and on the right what the relay does with it. */
export function tryView(root: HTMLElement, setup: Setup, store: Store): void {
  const updateLater = debounce(() => pane.update(), pauseMs)
  const editor = createEditor('Event', () => {
    samples.value = ''
    updateLater()
  })
  const form = settingsForm(setup.settings, () => void pane.update())
  const pane = createPreviewPane(editor, form.value, isUsable => {
    for (const one of [send, save]) one.disabled = !isUsable
  })
  const samples = sampleSelect(setup.samples, () => pick())
  const pick = () => {
    editor.set(JSON.stringify(sampleEvent(setup.samples, samples.value), null, 2))
    void pane.update()
  }
  const following = el('p', { class: 'following', role: 'status' })
  const follow = createFollow(store, following)
  const send = button('Send', () => follow.send(JSON.parse(editor.text())), { class: 'primary' })
  const save = button('Save as golden case', () => {
    const event: unknown = JSON.parse(editor.text())
    const preview = pane.latest()
    if (preview) download(goldenCase(event, form.value(), setup.defaults, preview), goldenName(event))
  })
  root.append(
    el('div', { class: 'bar' }, field('Sample', samples, 'wide'), send, save, following),
    form.element,
    el(
      'div',
      { class: 'sides' },
      el('div', { class: 'side' }, el('h2', {}, 'RudderStack event'), editor.element),
      el('div', { class: 'side' }, el('h2', {}, 'Kustomer call'), pane.element),
    ),
  )
  pick()
}

function sampleSelect(samples: Setup['samples'], onChange: () => void): HTMLSelectElement {
  const options = samples.map(({ title }, i): [string, string] => [String(i), title])
  return select([...options, ['', 'your own event']], onChange)
}

function sampleEvent(samples: Setup['samples'], value: string): unknown {
  return samples[Number(value)]?.event ?? { type: 'track', userId: '', event: '' }
}

function debounce(act: () => unknown, delayMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(act, delayMs)
  }
}
