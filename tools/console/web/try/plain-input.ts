import { EditorView } from '@codemirror/view'

/**
 * Replaces a marked text in the editor's own state. Left to itself, the browser gives the new text the look of the old
 * one as an inline style, which the page's policy refuses.
 */
export const plainInput = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const isOver = event.inputType === 'insertText' && !view.state.selection.main.empty
    if (!isOver || event.data === null || view.composing) return false
    event.preventDefault()
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true })
    return true
  },
})
