import * as v from 'valibot'
import type { Note } from '../../local-relay/notes.ts'

/** A line of a function's structured log: its time (epoch ms) and its text. */
export interface LogLine {
  at: number
  text: string
}

/** A note that the relay logged, with its time. */
export interface LoggedNote {
  at: number
  note: Note
}

const text = v.optional(v.string())
const number = v.optional(v.number())

const call = v.object({
  message: v.literal('call'),
  eventId: v.string(),
  method: v.string(),
  path: v.string(),
  status: number,
  ms: v.number(),
  error: text,
})

const decision = v.object({
  message: v.literal('decision'),
  eventId: v.string(),
  type: text,
  person: text,
  outcome: v.string(),
  decision: v.picklist(['done', 'retry', 'deadLetter']),
  code: text,
  why: text,
  status: number,
  inSeconds: number,
  attempts: v.optional(v.number(), 0),
  replays: number,
  ageSeconds: v.number(),
  calls: number,
  callMs: number,
})

/**
 * Returns what a line of the worker's log says about an event; undefined for any other line. The log names a call by the
 * template of its path, and an event by its type: it holds no personal data. A usual call has no line of its own: the
 * decision counts it. Never throws.
 */
export function loggedNote({ at, text }: LogLine): LoggedNote | undefined {
  const line = parsed(text)
  const made = v.safeParse(call, line)
  if (made.success) {
    const { eventId, path, method, ms, status, error } = made.output
    const message = { eventId, event: '', messageId: eventId, method, url: path, template: path, ms }
    return { at, note: { kind: 'call', message: { ...message, ...given({ status, error }) } } }
  }
  const decided = v.safeParse(decision, line)
  if (!decided.success) return undefined
  const { eventId, outcome, decision: kind, attempts, ageSeconds, ...rest } = decided.output
  const { type, person, code, why, status, inSeconds, calls, callMs, replays } = rest
  const message = {
    eventId,
    messageId: eventId,
    event: type ?? 'event',
    outcome,
    decision: kind,
    attempts,
    ageSeconds,
  }
  const optional = given({ type, person, code, why, status, inSeconds, calls, callMs, replays })
  return { at, note: { kind: 'decision', message: { ...message, ...optional } } }
}

/** Leaves out what is undefined. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
