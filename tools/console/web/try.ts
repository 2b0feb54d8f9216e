import type { Preview, Setup } from '../server/shapes.ts'
import { ask } from './api.ts'
import { button, el, field, select } from './dom.ts'
import { createEditor } from './editor.ts'
import { createFollow } from './follow.ts'
import { download, goldenCase, goldenName } from './golden.ts'
import { outcome, remarksOf } from './outcome.ts'
import { parseJson } from './parse-json.ts'
import { settingsForm } from './settings.ts'
import type { Store } from './store.ts'

/** Milliseconds without a key press before the event is previewed. */
const pauseMs = 120

/** The view "Try": an event on the left, and on the right what the relay does with it. */
export function tryView(root: HTMLElement, setup: Setup, store: Store): void {
  const editor = createEditor('Event', () => {
    samples.value = ''
    later()
  })
  const form = settingsForm(setup.settings, () => void look())
  const right = el('div', { class: 'right' })
  const following = el('p', { class: 'following', role: 'status' })
  const follow = createFollow(store, following)
  const options = setup.samples.map(({ title }, i): [string, string] => [String(i), title])
  const samples = select([...options, ['', 'your own event']], () => pick())
  let shown: Preview | undefined
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(look, pauseMs)
  }
  const look = async () => {
    const event = parse()
    if (event === undefined) return
    const turn = ++asked
    const preview = await ask<Preview>('/local/preview', {
      event: event.value,
      settings: form.value(),
    }).catch((error: Error) => error)
    // A newer request was sent meanwhile: only its answer counts.
    if (turn !== asked) return
    if (preview instanceof Error) return right.replaceChildren(el('p', { class: 'error' }, preview.message))
    shown = preview
    editor.remark(remarksOf(preview))
    right.replaceChildren(outcome(preview))
    for (const one of [send, save]) one.disabled = preview.kind === 'settings'
  }
  const parse = () => {
    const parsed = parseJson(editor.text())
    if ('value' in parsed) return parsed
    asked++
    editor.remark([{ path: 'JSON', tone: 'error', text: parsed.why, line: parsed.line }])
    right.replaceChildren(el('p', { class: 'outcome quiet' }, 'Not JSON yet.'))
    for (const one of [send, save]) one.disabled = true
    return undefined
  }
  const pick = () => {
    const sample = setup.samples[Number(samples.value)]
    editor.set(JSON.stringify(sample?.event ?? { type: 'track', userId: '', event: '' }, null, 2))
    void look()
  }
  const send = button('Send', () => follow.send(JSON.parse(editor.text())), { class: 'primary' })
  const save = button('Save as golden case', () => {
    const event: unknown = JSON.parse(editor.text())
    if (shown) download(goldenCase(event, form.value(), setup.defaults, shown), goldenName(event))
  })
  root.append(
    el('div', { class: 'bar' }, field('Sample', samples, 'wide'), send, save, following),
    form.element,
    el(
      'div',
      { class: 'sides' },
      el('div', { class: 'side' }, el('h2', {}, 'RudderStack event'), editor.element),
      el('div', { class: 'side' }, el('h2', {}, 'Kustomer call'), right),
    ),
  )
  pick()
}
