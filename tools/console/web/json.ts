import { el } from './dom.ts'

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*/g

/** Returns an element that shows a value as coloured JSON. All content is text, never markup. */
export function jsonBlock(value: unknown, label: string): HTMLElement {
  const text = JSON.stringify(value, null, 2) ?? ''
  const block = el('pre', { class: 'json', tabindex: 0, role: 'region', 'aria-label': label })
  let end = 0
  for (const match of text.matchAll(token)) {
    const [whole, quoted, colon] = match
    const kind = quoted === undefined ? 'literal' : colon === undefined ? 'string' : 'key'
    block.append(text.slice(end, match.index), el('span', { class: kind }, whole))
    end = match.index + whole.length
  }
  block.append(text.slice(end))
  return block
}
