/** Where an input is wrong: the dotted path, what was expected there, and the kind of what was found (never its value). */
export interface Issue {
  path: string
  expected: string
  got: string
}

/** Why an event can never be delivered, whatever the settings. The README's "Why was my event refused?" lists them. */
export type InvalidEventCode =
  | 'NOT_AN_EVENT'
  | 'MISSING_TYPE'
  | 'MISSING_IDENTITY'
  | 'INVALID_IDENTITY'
  | 'MISSING_EVENT_NAME'

/** Why the webhook refuses a request: the `code` of its error. */
export type RefusalCode =
  | InvalidEventCode
  | 'NOT_UTF8'
  | 'NOT_JSON'
  | 'EMPTY'
  | 'TOO_DEEP'
  | 'TOO_LARGE'
  | 'TOO_MANY_EVENTS'
  | 'UNAUTHENTICATED'
  | 'UNAVAILABLE'

/** Why an event lies in the dead-letter queue: its `ERROR_CODE`. */
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
 * The sender's fault: an event that no setting of ours could deliver.
 * Thrown by `parseEvent` and `transform`, and by nothing else. Its message and issues hold no value of the event.
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
 * Our fault: settings that cannot work. Thrown at start, with all faults at once, each with its path.
 * Never thrown for an event.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly issues: Issue[]

  constructor(issues: Issue[]) {
    super(`Configuration: ${issues.map(i => `${i.path}: expected ${i.expected}, got ${i.got}`).join('; ')}`)
    this.issues = issues
  }
}
