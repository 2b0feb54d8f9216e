import type { Settings } from '../../../lib/index.ts'
import type { Preview } from '../server/shapes.ts'
import { ask } from './api.ts'
import { el } from './dom.ts'
import type { Editor } from './editor.ts'
import { outcome, remarksOf } from './outcome.ts'
import { parseJson } from './parse-json.ts'

/** What the relay does with the event in the editor. */
export interface PreviewPane {
  element: HTMLElement
  /** Previews the text of the editor. Only the answer to the newest request is shown. */
  update(): Promise<void>
  /** Returns the newest preview; undefined before the first one. */
  latest(): Preview | undefined
}

/**
 * Creates the pane of an editor. It puts the remarks of a preview into the editor. `onUsable` says each time whether the
 * event can be sent and saved: not if it is not JSON, or if the settings are invalid.
 */
export function createPreviewPane(
  editor: Editor,
  settings: () => Settings,
  onUsable: (isUsable: boolean) => void,
): PreviewPane {
  const element = el('div', { class: 'right' })
  let latest: Preview | undefined
  let newest = 0
  const show = (preview: Preview) => {
    latest = preview
    editor.remark(remarksOf(preview))
    element.replaceChildren(outcome(preview))
    onUsable(preview.kind !== 'settings')
  }
  const showNoJson = (why: string, line: number) => {
    editor.remark([{ path: 'JSON', tone: 'error', text: why, line }])
    element.replaceChildren(el('p', { class: 'outcome quiet' }, 'Not JSON yet.'))
    onUsable(false)
  }
  return {
    element,
    latest: () => latest,
    async update() {
      const turn = ++newest
      const parsed = parseJson(editor.text())
      if ('why' in parsed) return showNoJson(parsed.why, parsed.line)
      const body = { event: parsed.value, settings: settings() }
      const answer = await ask<Preview>('/local/preview', body).catch((error: Error) => error)
      // A newer request was sent meanwhile: only its answer counts.
      if (turn !== newest) return
      if (answer instanceof Error) element.replaceChildren(el('p', { class: 'error' }, answer.message))
      else show(answer)
    },
  }
}
