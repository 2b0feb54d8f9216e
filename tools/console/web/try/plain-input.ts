import { EditorView } from '@codemirror/view'

/**
 * Replaces a marked text in the editor's own state. Left to itself, the browser gives the new text the look of the old
 * one as an inline style, which the page's policy refuses. What is marked is read from the page: the editor may not know
 * yet of a selection that was made just before.
 */
export const plainInput = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const marked = document.getSelection()
    const isOver = event.inputType === 'insertText' && marked !== null && !marked.isCollapsed
    if (!isOver || event.data === null || view.composing) return false
    event.preventDefault()
    const { startContainer, startOffset, endContainer, endOffset } = marked.getRangeAt(0)
    const from = view.posAtDOM(startContainer, startOffset)
    const to = view.posAtDOM(endContainer, endOffset)
    const insert = view.state.toText(event.data)
    const selection = { anchor: from + insert.length }
    view.dispatch({ changes: { from, to, insert }, selection, userEvent: 'input.type', scrollIntoView: true })
    return true
  },
})
