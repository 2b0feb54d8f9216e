import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { Annotation, EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'
import { parseJson } from './json-text.ts'
import { plainInput } from './plain-input.ts'
import { remarkLines } from './remark-lines.ts'

/** The callbacks of the editor. */
export interface EditorEvents {
  onInput(text: string): void
  /** Ctrl+Enter, or Command+Enter on a Mac. */
  onSubmit(): void
}

/** Marks a text that the page has written into the editor: `onInput` tells only of what the user does. */
export const isWritten = Annotation.define<boolean>()

/**
 * Creates an editor for JSON (CodeMirror). The Tab key leaves it, as it leaves every other field. Its style element has
 * the nonce of the page, so that the page needs no looser policy.
 */
export function createEditor(
  parent: Element,
  label: string,
  { onInput, onSubmit }: EditorEvents,
): EditorView {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
  const submit = {
    key: 'Mod-Enter',
    run: () => {
      onSubmit()
      return true
    },
  }
  return new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        EditorView.cspNonce.of(nonce),
        lineNumbers(),
        history(),
        json(),
        syntaxHighlighting(classHighlighter),
        bracketMatching(),
        indentOnInput(),
        remarkLines,
        plainInput,
        EditorView.lineWrapping,
        EditorView.clipboardInputFilter.of(inLines),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': 'keys remarks' }),
        keymap.of([submit, ...defaultKeymap, ...historyKeymap]),
        EditorView.updateListener.of(({ docChanged, state, transactions }) => {
          const isTyped = !transactions.some(transaction => transaction.annotation(isWritten))
          if (docChanged && isTyped) onInput(state.doc.toString())
        }),
      ],
    }),
  })
}

/** Characters of a line that the editor wraps and colours without a pause. */
const maxLine = 5_000

/** Formats a pasted JSON text that has a very long line: the page would stand still for seconds. */
function inLines(pasted: string): string {
  if (!pasted.split('\n').some(line => line.length > maxLine)) return pasted
  const parsed = parseJson(pasted)
  return 'value' in parsed ? JSON.stringify(parsed.value, null, 2) : pasted
}
