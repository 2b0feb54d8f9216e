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

/**
 * Thrown for an event that cannot be delivered with any settings: the sender must correct it.
 * Only `parseEvent` and `transform` throw it. Its message and issues hold no value of the event.
 */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError'
  readonly code: InvalidEventCode
  readonly issues: Issue[]

  constructor(code: InvalidEventCode, issues: Issue[]) {
    super(
      `${code}: ${issues.map(i => `${i.path || 'event'}: expected ${i.expected}, got ${i.got}`).join('; ')}`,
    )
    this.code = code
    this.issues = issues
  }
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
