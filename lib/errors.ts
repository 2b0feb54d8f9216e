/** A fault of an input: the dotted path, what was expected, and the kind of the value found (never the value). */
export interface Issue {
  path: string
  expected: string
  got: string
}

/** Why an event can never be delivered with any settings. The README's "Why was my event refused?" lists the codes. */
export type InvalidEventCode =
  | 'NOT_AN_EVENT'
  | 'MISSING_TYPE'
  | 'MISSING_IDENTITY'
  | 'INVALID_IDENTITY'
  | 'MISSING_EVENT_NAME'

/** Why the webhook refuses a request: the `code` in its error response. */
export type RefusalCode =
  | InvalidEventCode
  | 'NOT_UTF8'
  | 'NOT_JSON'
  | 'EMPTY'
  | 'TOO_DEEP'
  | 'TOO_LARGE'
  | 'TOO_MANY_EVENTS'
  | 'UNAUTHENTICATED'
  | 'SOURCE_NOT_ALLOWED'
  | 'UNAVAILABLE'

/** Why an event is in the dead-letter queue: its `ERROR_CODE`. */
export type DeadLetterCode =
  | InvalidEventCode
  | 'TOO_DEEP'
  | 'TOO_LARGE'
  | 'UNREADABLE'
  | 'REJECTED'
  | 'CONFLICT'
  | 'UNAVAILABLE'
  | 'UNAUTHORIZED'
  | 'FAILED'

/** What the sender of an invalid event can do about it. */
const advice: Record<InvalidEventCode, string> = {
  NOT_AN_EVENT: 'Check what the destination sends.',
  MISSING_TYPE: 'Check that the user transformation keeps the type of the event.',
  MISSING_IDENTITY: 'Send a user id or an anonymous id, as a text or a number.',
  INVALID_IDENTITY: 'Send another id: at most 256 characters, and large numbers as texts.',
  MISSING_EVENT_NAME: 'Give the event a name.',
}

/**
 * Thrown for an event that cannot be delivered with any settings: the sender must correct it.
 * Only `parseEvent` and `transform` throw it. Its message says in sentences what is wrong and what to do. Neither the
 * message nor the issues hold a value of the event.
 */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError'
  readonly code: InvalidEventCode
  readonly issues: Issue[]

  constructor(code: InvalidEventCode, issues: Issue[]) {
    super(`${issues.map(describeIssue).join(' and ')}. ${advice[code]}`)
    this.code = code
    this.issues = issues
  }
}

const kinds: Record<string, string> = {
  undefined: 'missing',
  null: 'null',
  'blank string': 'blank',
  object: 'an object',
}

function describeIssue({ path, got }: Issue): string {
  return `${path ? `\`${path}\`` : 'The event'} is ${kinds[got] ?? `a ${got}`}`
}

/**
 * Thrown at start for invalid settings, with all faults at once, each with its path. Never thrown for an event.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly issues: Issue[]

  constructor(issues: Issue[]) {
    super(`Configuration: ${issues.map(i => `${i.path}: expected ${i.expected}, got ${i.got}`).join('; ')}`)
    this.issues = issues
  }
}
