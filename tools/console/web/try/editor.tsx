import type { EditorView } from '@codemirror/view'
import { effect, type ReadonlySignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Sentence } from '../parts/sentence.tsx'
import { createEditor, type EditorEvents, isWritten } from './create-editor.ts'
import { showRemarks } from './remark-lines.ts'
import type { Remark } from './remarks.ts'

/** Remarks in the list below the editor. Each is at its line too. */
const shownRemarks = 200

interface EditorProps extends EditorEvents {
  label: string
  text: ReadonlySignal<string>
  /** What the keys do, for people. */
  keys: string
  remarks: Remark[]
}

/**
 * An editor for a JSON text, with remarks at the lines they are about. Below it, a list of the remarks leads to their
 * lines: for screen readers, and if a line has no room.
 */
export function Editor({ label, text, keys, remarks, onInput, onSubmit }: EditorProps) {
  const parent = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView>(null)
  const events = useRef<EditorEvents>({ onInput, onSubmit })
  events.current = { onInput, onSubmit }
  useEffect(() => {
    if (!parent.current) return
    const view = createEditor(parent.current, label, {
      onInput: typed => events.current.onInput(typed),
      onSubmit: () => events.current.onSubmit(),
    })
    editor.current = view
    // At once, not after a rendering: by then the user may have typed more.
    const stop = effect(() => {
      const { doc } = view.state
      if (doc.toString() === text.value) return
      const changes = { from: 0, to: doc.length, insert: text.value }
      view.dispatch({ changes, annotations: isWritten.of(true) })
    })
    return () => {
      stop()
      view.destroy()
    }
  }, [label, text])
  useEffect(() => editor.current?.dispatch({ effects: showRemarks.of(remarks) }), [remarks])
  const goTo = (line: number) => {
    const view = editor.current
    if (!view) return
    const { from, to } = view.state.doc.line(Math.min(line, view.state.doc.lines))
    view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true })
    view.focus()
  }
  return (
    <>
      <div class="editor" ref={parent} />
      <small id="keys">{keys}</small>
      <table class="remarks" id="remarks" aria-live="polite">
        <tbody>
          {remarks.slice(0, shownRemarks).map(({ path, tone, text, line }) => (
            <tr key={`${path} ${text}`} class={tone}>
              <td>
                <button type="button" class="lead" onClick={() => goTo(line)}>
                  line {line}
                </button>
              </td>
              <td>
                {tone === 'note' && <code>{path || 'event'}</code>}{' '}
                <span class={tone === 'error' ? 'bad' : 'warn'}>
                  <Sentence text={text} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
