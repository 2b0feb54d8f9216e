import type { Preview } from '../server/shapes.ts'
import { el } from './dom.ts'
import type { Remark } from './editor.ts'
import { pathOf } from './format.ts'
import { jsonBlock } from './json.ts'

/** Returns an element that shows a preview: requests and body, or the reason why there are none. */
export function outcome(preview: Preview): HTMLElement {
  if (preview.kind === 'settings') return plain('error', 'These settings are invalid.', preview.issues)
  if (preview.kind === 'error') return plain('error', `Refused: ${preview.code}`, preview.issues)
  if (preview.kind === 'skip') return plain('quiet', `Not delivered: ${preview.why}.`, [])
  const requests = preview.requests.map(({ method, url, when }) =>
    el(
      'li',
      { title: url },
      el('b', { class: `method ${method}` }, method),
      el('code', {}, pathOf(url)),
      when !== undefined && el('i', {}, when),
    ),
  )
  return el(
    'div',
    { class: 'outcome' },
    el('ol', { class: 'requests', 'aria-label': 'Requests' }, ...requests),
    jsonBlock(preview.body, 'Body of the write'),
  )
}

/** Returns the remarks of a preview about paths of the event. */
export function remarksOf(preview: Preview): Remark[] {
  if (preview.kind === 'error')
    return preview.issues.map(({ path, expected, got }) => ({
      path,
      tone: 'error',
      text: `expected ${expected}, got ${got}`,
    }))
  if (preview.kind !== 'call' || preview.call.kind === 'skip') return []
  return preview.call.notes.map(({ path, did, why }) => ({ path, tone: 'note', text: `${did}: ${why}` }))
}

function plain(tone: string, text: string, issues: { path: string; expected: string; got: string }[]) {
  const lines = issues.map(({ path, expected, got }) =>
    el('li', {}, el('code', {}, path || 'event'), ` expected ${expected}, got ${got}`),
  )
  return el(
    'div',
    { class: `outcome ${tone}` },
    el('p', {}, text),
    lines.length > 0 && el('ul', {}, ...lines),
  )
}
