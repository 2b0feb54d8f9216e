import { el } from './dom.ts'
import { lineOf, linesOf } from './locate.ts'

/** A remark about a path of the event. */
export interface Remark {
  path: string
  tone: 'note' | 'error'
  text: string
  /** The line, if the path is not a path in the text. */
  line?: number
}

/** An editor for a JSON text, with remarks at the lines they are about. */
export interface Editor {
  element: HTMLElement
  text(): string
  set(text: string): void
  /** Replaces the remarks that are shown. */
  remark(remarks: Remark[]): void
}

/**
 * Creates an editor for JSON: a text area, and behind it the same lines with numbers and remarks, at exactly the same
 * position. Below it, a list of the remarks links to their lines: for screen readers, and if a line has no room.
 */
export function createEditor(label: string, onInput: () => void): Editor {
  const area = el('textarea', {
    'aria-label': label,
    'aria-describedby': 'remarks',
    spellcheck: 'false',
    wrap: 'off',
    autocomplete: 'off',
  })
  const lens = el('div', { class: 'lens', 'aria-hidden': 'true' })
  const list = el('ol', { class: 'remarks', id: 'remarks', 'aria-live': 'polite' })
  const scroller = el('div', { class: 'editor' }, lens, area)
  const draw = (remarks: Remark[]) => {
    const lines = area.value.split('\n')
    const placed = placedIn(area.value, remarks)
    area.rows = Math.max(lines.length, 12)
    const on = (line: number) => placed.filter(remark => remark.line === line)
    lens.replaceChildren(...lines.map((text, i) => lensLine(text, on(i + 1))))
    list.replaceChildren(...placed.map(remark => entry(remark, line => selectLine(area, line))))
    list.hidden = placed.length === 0
  }
  let shown: Remark[] = []
  const remark = (remarks: Remark[]) => {
    shown = remarks
    draw(shown)
  }
  area.addEventListener('input', () => {
    draw(shown)
    onInput()
  })
  return {
    element: el('div', { class: 'editing' }, scroller, list),
    text: () => area.value,
    set(text) {
      area.value = text
      remark([])
    },
    remark,
  }
}

/** Gives each remark its line in the text, and sorts by it. */
function placedIn(text: string, remarks: Remark[]) {
  const places = linesOf(text)
  return remarks
    .map(remark => ({ ...remark, line: remark.line ?? lineOf(places, remark.path) }))
    .sort((a, b) => a.line - b.line)
}

function selectLine(area: HTMLTextAreaElement, line: number) {
  const before = area.value.split('\n').slice(0, line)
  const end = before.join('\n').length
  area.focus()
  area.setSelectionRange(end - (before.at(-1)?.length ?? 0), end)
}

function lensLine(text: string, remarks: Remark[]): HTMLElement {
  const tone = remarks.some(remark => remark.tone === 'error') ? 'error' : remarks.length > 0 && 'note'
  const texts = remarks.map(remark => remark.text).join(' · ')
  return el(
    'div',
    { class: tone ? `line ${tone}` : 'line' },
    el('span', { class: 'ghost' }, text || ' '),
    tone && el('span', { class: 'remark' }, texts),
  )
}

function entry({ path, tone, text, line = 1 }: Remark, goTo: (line: number) => void): HTMLElement {
  const lead = el('button', { type: 'button', class: 'lead' }, `line ${line}`)
  lead.addEventListener('click', () => goTo(line))
  return el('li', { class: tone }, lead, el('code', {}, path || 'event'), el('span', {}, text))
}
