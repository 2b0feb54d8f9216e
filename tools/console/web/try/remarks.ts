import type { Preview } from '../../server/shapes.ts'
import { linesOf } from './json-text.ts'

/** A remark about a path of the event, with its line. */
export interface Remark {
  path: string
  tone: 'note' | 'error'
  text: string
  line: number
}

/** Returns the remarks of a preview about the event's text, in the order of their lines. */
export function remarksOf(preview: Preview, text: string): Remark[] {
  const lineOf = linesOf(text)
  return about(preview)
    .map(remark => ({ ...remark, line: lineOf(remark.path) }))
    .sort((a, b) => a.line - b.line)
}

function about(preview: Preview): Omit<Remark, 'line'>[] {
  if (preview.kind === 'error')
    return [{ path: preview.issues[0]?.path ?? '', tone: 'error', text: preview.message }]
  if (preview.kind !== 'call' || preview.call.kind === 'skip') return []
  return preview.call.notes.map(({ path, did, why }) => ({ path, tone: 'note', text: `${did}: ${why}` }))
}
