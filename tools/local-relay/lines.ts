import type { Output } from '../terminal/command-io.ts'
import { paint, type Style, safe } from '../terminal/terminal.ts'
import type { AcceptedNote, CallNote, DecisionNote, Note } from './notes.ts'

const widths = { path: 44, event: 26 }

type Colors = Pick<Output, 'hasColors'>

/**
 * Returns a function's note as one line for a terminal. Returns undefined for an event that was queued, delivered (its
 * call has a line) or put back without an attempt. Text that comes from the sender is made safe to print.
 */
export function lineOf(note: Note, colors: Colors): string | undefined {
  if (note.kind === 'call') return callLine(note.message, colors)
  if (note.kind === 'accepted') return acceptedLine(note.message, colors)
  return decisionLine(note.message, colors)
}

/** `POST /v1/tracking/identityEvent  201  track Order Completed  12 ms`. The path is complete and decoded. */
function callLine({ method, url, status, event, ms, error }: CallNote, colors: Colors): string {
  const result =
    status === undefined
      ? paint('red', safe(error ?? 'no answer'), colors)
      : paint(colour(status), String(status), colors)
  const path = safe(decoded(url)).padEnd(widths.path)
  const took = paint('dim', `${Math.round(ms)} ms`, colors)
  return `${paint('cyan', method.padEnd(4), colors)} ${path}  ${result}  ${label(event)}  ${took}`
}

function decisionLine(note: DecisionNote, colors: Colors): string | undefined {
  const { decision, outcome, status, code, why = '', event, inSeconds } = note
  const reason = safe(
    [status, code ?? (decision === 'retry' ? outcome : undefined)].filter(Boolean).join(' '),
  )
  const rest = { reason, event, why }
  if (decision === 'deadLetter') return line('dead letter', 'red', rest, colors)
  if (decision === 'retry' && outcome === 'unattempted') return undefined
  if (decision === 'retry') return line(`retry in ${round(inSeconds)} s`, 'yellow', rest, colors)
  return outcome === 'skipped'
    ? line('nothing to send', 'dim', { reason: '', event, why }, colors)
    : undefined
}

function acceptedLine({ end, event, reason = '' }: AcceptedNote, colors: Colors): string | undefined {
  if (end === 'queued') return undefined
  if (end === 'refused') return line('refused', 'red', { reason: safe(reason), event, why: '' }, colors)
  return end === 'ignored'
    ? line('ignored', 'dim', { reason: '', event, why: reason }, colors)
    : line('dead letter', 'red', { reason: safe(reason), event, why: '' }, colors)
}

interface Rest {
  /** Safe to print. */
  reason: string
  event: string
  why: string
}

function line(what: string, style: Style, { reason, event, why }: Rest, colors: Colors) {
  return [paint(style, what, colors), reason, label(event).trimEnd(), paint('dim', safe(why), colors)]
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
