import type { Note } from './notes.ts'

/** From the parent to a container: an event to handle, and the time (epoch ms) at which it times out. */
export interface Invoke {
  id: string
  event: unknown
  deadlineMs: number
}

/** From a container to its parent. Answers are JSON, as the Lambda runtime sends them. */
export type FromContainer =
  | { kind: 'ready' }
  | { kind: 'answer'; id: string; json: string }
  | { kind: 'failure'; id: string; error: string }
  | { kind: 'note'; note: Note }

/** The result of an invocation. `failed`: the handler threw. `crashed`: its process ended. */
export type Invocation =
  | { kind: 'answered'; value: unknown }
  | { kind: 'failed'; error: string }
  | { kind: 'timedOut' }
  | { kind: 'crashed' }
