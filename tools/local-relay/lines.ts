import { paint, type Style, safe } from '../terminal/terminal.ts'
import type { AcceptedNote, CallNote, DecisionNote, Note } from './notes.ts'

const widths = { path: 44, event: 26 }

/**
 * What a function said as one line for a terminal; undefined for what is no news: an event that was queued or
 * delivered (its call has a line), or put off without an attempt. Whatever a sender chose is made safe to show.
 */
export function lineOf(note: Note): string | undefined {
  if (note.kind === 'call') return callLine(note.message)
  if (note.kind === 'accepted') return acceptedLine(note.message)
  return decisionLine(note.message)
}

/** `POST /v1/tracking/identityEvent  201  track Order Completed  12 ms`; the path is whole, decoded, and on one line. */
function callLine({ method, url, status, event, ms, error }: CallNote): string {
  const result =
    status === undefined ? paint('red', safe(error ?? 'no answer')) : paint(colour(status), String(status))
  const path = safe(decoded(url)).padEnd(widths.path)
  return `${paint('cyan', method.padEnd(4))} ${path}  ${result}  ${label(event)}  ${paint('dim', `${Math.round(ms)} ms`)}`
}

function decisionLine({
  decision,
  outcome,
  status,
  code,
  why,
  event,
  inSeconds,
}: DecisionNote): string | undefined {
  const reason = safe(
    [status, code ?? (decision === 'retry' ? outcome : undefined)].filter(Boolean).join(' '),
  )
  if (decision === 'deadLetter') return line('dead letter', 'red', reason, event, why)
  if (decision === 'retry')
    return outcome === 'unattempted'
      ? undefined
      : line(`retry in ${round(inSeconds)} s`, 'yellow', reason, event, why)
  return outcome === 'skipped' ? line('nothing to send', 'dim', '', event, why) : undefined
}

function acceptedLine({ end, event, reason = '' }: AcceptedNote): string | undefined {
  if (end === 'queued') return undefined
  return end === 'ignored'
    ? line('ignored', 'dim', '', event, reason)
    : line('dead letter', 'red', safe(reason), event)
}

function line(what: string, style: Style, reason: string, event: string, why = '') {
  return [paint(style, what), reason, label(event).trimEnd(), paint('dim', safe(why))]
    .filter(Boolean)
    .join('  ')
}

function label(event: string) {
  return safe(event).padEnd(widths.event)
}

function decoded(url: string): string {
  const { pathname, search } = new URL(url)
  try {
    return decodeURIComponent(pathname) + search
  } catch {
    return pathname + search
  }
}

function colour(status: number): Style {
  if (status < 300) return 'green'
  return status === 404 ? 'yellow' : 'red'
}

function round(seconds = 0) {
  return Math.round(seconds * 10) / 10
}
