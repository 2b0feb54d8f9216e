import { type Command, InvalidArgumentError } from '@commander-js/extra-typings'
import type { DeadLetterCode } from '../../lib/errors.ts'
import { type Filter, momentOf } from '../dead-letters/filter.ts'
import type { Target } from '../dead-letters/targets.ts'
import type { CommandIo } from '../terminal/command-io.ts'
import { whole } from '../terminal/numbers.ts'
import { nearestOf, oneOf } from '../terminal/one-of.ts'

/** Adds a command with the options of a target. */
export function targetedCommand(program: Command, name: string, summary: string) {
  return program
    .command(name)
    .description(summary)
    .option('--local', 'the queues of the local relay that runs here')
    .option('--stack <name>', 'the queues of a deployed stack')
    .option('--queue-url <url>', 'the queue, together with --dlq-url', queueUrl)
    .option('--dlq-url <url>', 'the dead-letter queue, together with --queue-url', queueUrl)
    .option('--json', 'prints JSON')
}

/** Adds a command with the options of a target and of a filter. Filters are combined; values of one filter are "or". */
export function filteredCommand(program: Command, name: string, summary: string) {
  return targetedCommand(program, name, summary)
    .option('--id <id...>', 'dead letters by the beginning of their id, or by messageId')
    .option('--code <code...>', 'dead letters with this error code (docs/refused.md)', code)
    .option('--type <type...>', 'dead letters of this event type', type)
    .option('--event <name...>', 'dead letters of track events with this name')
    .option('--person <userId...>', "dead letters of these people's events, by user id or anonymous id")
    .option('--since <when>', 'failed since: 30m, 2h, 3d, or 2026-11-23T09:30Z', moment)
    .option('--until <when>', 'failed until: the same', moment)
    .option('--limit <count>', 'at most this many, the oldest of those read first', whole())
}

/** Returns the filter of the options. */
export function filterOf(options: {
  id?: string[] | undefined
  code?: string[] | undefined
  type?: string[] | undefined
  event?: string[] | undefined
  person?: string[] | undefined
  since?: number | undefined
  until?: number | undefined
}): Filter {
  const {
    id: ids = [],
    code: codes = [],
    type: types = [],
    event: events = [],
    person: persons = [],
    since,
    until,
  } = options
  return {
    ids,
    codes,
    types,
    events,
    persons,
    ...(since !== undefined && { sinceMs: since }),
    ...(until !== undefined && { untilMs: until }),
  }
}

/** Returns a command of `dlq` to copy, in the form in which this one was started, with its target. */
export function dlqCommand(words: string, target: Target, { env }: Pick<CommandIo, 'env'>): string {
  return `${env.RELAY_COMMAND ? `${env.RELAY_COMMAND} dlq` : 'npm run dlq --'} ${words} ${targetText(target)}`
}

/** Returns the options of a target as they were typed, for a command to copy. */
function targetText({ local, stack, queueUrl, dlqUrl }: Target): string {
  if (local) return '--local'
  return stack ? `--stack ${stack}` : `--queue-url ${queueUrl} --dlq-url ${dlqUrl}`
}

/** Every code that a dead letter can have. A new code without a place here is a compile error. */
const codes: Record<DeadLetterCode | 'REDRIVEN' | 'UNKNOWN', true> = {
  ...{ NOT_AN_EVENT: true, MISSING_TYPE: true, MISSING_IDENTITY: true, INVALID_IDENTITY: true },
  ...{ MISSING_EVENT_NAME: true, TOO_DEEP: true, TOO_LARGE: true, UNREADABLE: true, REJECTED: true },
  ...{ CONFLICT: true, UNAVAILABLE: true, UNAUTHORIZED: true, FAILED: true, REDRIVEN: true, UNKNOWN: true },
}

/** Parses an error code in any letter case, and adds it to those before it. */
function code(text: string, before: string[] = []): string[] {
  return [...before, oneOf(text, Object.keys(codes))]
}

/** Adds a type to those before it. Dead letters of events that were refused can have any type, so only typos are. */
function type(text: string, before: string[] = []): string[] {
  const near = nearestOf(text, ['identify', 'track', 'page', 'screen', 'group', 'alias'])
  if (near !== undefined && near !== text.trim().toLowerCase())
    throw new InvalidArgumentError(`Did you mean ${near}?`)
  return [...before, text]
}

/** Checks the URL of a queue. */
function queueUrl(text: string): string {
  if (!/^https?:\/\/./.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError(
      'A URL such as https://sqs.eu-west-1.amazonaws.com/123456789012/name.fifo.',
    )
  return text
}

/** Parses a rate in dead letters per second. */
export function rate(text: string): number {
  const number = Number(text)
  if (!(number > 0 && number <= 1_000)) throw new InvalidArgumentError('A number over 0, at most 1000.')
  return number
}

/** Parses how long to wait: `90s`, `10m`, `2h`. Returns milliseconds. */
export function patience(text: string): number {
  const now = Date.now()
  const since = /^\d+(\.\d+)?\s*(s|m|min|h)$/i.test(text.trim()) ? momentOf(text, now) : undefined
  if (since === undefined) throw new InvalidArgumentError('A time such as 90s, 10m or 2h.')
  return now - since
}

function moment(text: string): number {
  const ms = momentOf(text, Date.now())
  if (ms === undefined) throw new InvalidArgumentError('An age (30m, 2h, 3d) or a date (2026-11-23T09:30Z).')
  return ms
}
