import type { Outcome } from '../../lib/delivery/outcome.ts'
import type { DeadLetterCode, RefusalCode } from '../../lib/errors.ts'
import { retry } from '../../lib/policy.ts'
import { rows } from '../../lib/transform/kustomer/rows.ts'
import { type Circumstances, decide } from '../../lib/worker/decide.ts'
import { reasonTable } from './reason-table.ts'
import { stageTable } from './stage-table.ts'

/** The documents, and their tables by the names of their markers. */
export const documents: Record<string, Record<string, () => string>> = {
  'README.md': { mapping: mappingTable, decisions: decisionTable },
  'docs/refused.md': { codes: codeTable, reasons: reasonTable },
  'docs/stage.md': { stage: stageTable },
}

const sourceNames: Record<string, string> = {
  'fullName()': 'first and last name, or the one that is present',
  'email()': 'the e-mail',
}

/** Each kind of outcome with its cause and an example. A new kind without a row here is a compile error. */
const causes: Record<Outcome['kind'], { cause: string; outcome: Outcome }> = {
  delivered: { cause: '2xx', outcome: { kind: 'delivered', status: 200 } },
  skipped: { cause: 'nothing to send', outcome: { kind: 'skipped', why: '' } },
  rejected: {
    cause: '400, 413, 422, any other 4xx; an invalid event',
    outcome: { kind: 'rejected', code: 'REJECTED', why: '' },
  },
  conflict: {
    cause: '409 that could not be resolved',
    outcome: { kind: 'conflict', status: 409, why: '' },
  },
  throttled: { cause: '429', outcome: { kind: 'throttled', status: 429, inSeconds: 60 } },
  unattempted: {
    cause: 'no token or no time left; an earlier event of the same person waits',
    outcome: { kind: 'unattempted', inSeconds: 60, why: '' },
  },
  unavailable: {
    cause: '408, 5xx, timeout, no connection; a 2xx without a valid body of Kustomer',
    outcome: { kind: 'unavailable', why: '', mayBeStored: false },
  },
  unauthorized: {
    cause:
      '401, 402, 403 after one refetch of the key; 3xx, 405, 415, 426; 404, 410 on a fixed path: wrong host or gateway',
    outcome: { kind: 'unauthorized', status: 401, why: '' },
  },
  failed: { cause: 'an unexpected exception: a bug in the relay', outcome: { kind: 'failed', why: '' } },
}

/** What each code means and what to do. A new code without a row here is a compile error. */
const codes: Record<RefusalCode | DeadLetterCode, [means: string, toDo: string]> = {
  NOT_AN_EVENT: ['the body is not an event', 'check what the destination sends'],
  NOT_UTF8: ['the body is not valid UTF-8', 'check what the destination sends'],
  NOT_JSON: ['the body is not JSON', 'check what the destination sends'],
  EMPTY: ['the body, or its list, is empty', 'check what the destination sends'],
  MISSING_TYPE: ['no `type`', 'check the user transformation'],
  MISSING_IDENTITY: ['no user id and no `anonymousId`', 'send an id'],
  INVALID_IDENTITY: [
    'an id over 256 characters, with a broken character, or a number over 2^53 - 1',
    'send another id',
  ],
  MISSING_EVENT_NAME: ['a track without `event`', 'name the event'],
  TOO_DEEP: ['nested deeper than 1,000 levels', 'flatten it'],
  TOO_LARGE: ['over 1 MiB', 'send less'],
  TOO_MANY_EVENTS: ['over 500 events in a request', 'set a smaller batch'],
  UNAUTHENTICATED: ['the secret is wrong or missing', 'see [Secrets](../README.md#secrets)'],
  SOURCE_NOT_ALLOWED: [
    'the caller’s address is not in `allowedSourceIps`',
    'if it is RudderStack’s, add it to the [stage](stage.md)',
  ],
  UNREADABLE: ['a queue message that the relay did not write', 'find who else writes to the queue'],
  REJECTED: [
    'Kustomer refused it; the reason has its code, the attribute, the cause and [what to do](#reasons)',
    'correct the event or the settings, then replay',
  ],
  CONFLICT: [
    'a conflict about an identifier or a stale `rev` that could not be resolved',
    'check the customers, then replay',
  ],
  UNAVAILABLE: [
    'at ingest: not stored, RudderStack sends it again; as a dead letter: no answer for 72 h',
    'replay',
  ],
  UNAUTHORIZED: ['Kustomer refused the key for 72 h', 'correct the key, its roles or the host, then replay'],
  FAILED: ['a bug in the relay', 'report it with its log line, then replay'],
}

/** Returns the table of codes. */
export function codeTable(): string {
  const lines = Object.entries(codes).map(([code, [means, toDo]]) => `| \`${code}\` | ${means} | ${toDo} |`)
  return ['| code | what it means | what to do |', '|---|---|---|', ...lines].join('\n')
}

/** Returns the decision table. It calls `decide` for new and old events, at the first and the last attempt. */
export function decisionTable(): string {
  const lines = Object.entries(causes).map(
    ([kind, { cause, outcome }]) => `| \`${kind}\` | ${cause} | ${decisionOn(outcome)} |`,
  )
  return ['| outcome | cause | decision |', '|---|---|---|', ...lines].join('\n')
}

/** Returns the mapping table of an identify. Attributes that keep their name and have the same type share a line. */
export function mappingTable(): string {
  const source = (name: string) => sourceNames[name] ?? `\`${name}\``
  const isPlain = (row: (typeof rows)[number]) => row.from.length === 1 && row.from[0] === row.to
  const groups = Map.groupBy(rows, row => (isPlain(row) ? row.docs : row.to))
  const lines = [...groups.values()].map(group => {
    const targets = group.map(({ to }) => `\`${to}\``).join(', ')
    const [{ from, docs } = { from: [], docs: '' }] = group
    return `| ${targets} | ${group.length > 1 ? 'same name' : from.map(source).join(', ')} | ${docs} |`
  })
  const first = '| `externalId` | the user id, else `anonymousId` | text |'
  const last = '| `custom` | `customObject` | object, names with their kind’s suffix |'
  return ['| Kustomer | from, first present wins | as |', '|---|---|---|', first, ...lines, last].join('\n')
}

/** Returns a document with new tables between their markers. */
export function withTables(name: string, text: string): string {
  return Object.entries(documents[name] ?? {}).reduce((result, [table, make]) => {
    const block = new RegExp(`(<!-- ${table} -->\\n)[\\s\\S]*?(<!-- /${table} -->)`)
    if (!block.test(result)) throw new Error(`${name} has no block "${table}"`)
    return result.replace(block, (_, start, end) => `${start}${make()}\n${end}`)
  }, text)
}

function decisionOn(outcome: Outcome): string {
  const at = (count: number, sinceFirstSeconds: number) => decide(outcome, after(count, sinceFirstSeconds))
  const [first, last, old] = [at(1, 0), at(100, 0), at(100, retry.giveUpAfterSeconds + 1)]
  if (first.kind !== 'retry') return first.kind === 'deadLetter' ? '**dead-letter**, now' : '**done**'
  const wait = `**retry** ${delayOf(outcome, first.inSeconds, at(2, 0))}`
  if (last.kind === 'deadLetter') return `${wait}; **dead-letter** after ${attemptsBefore(at)} of them`
  if (old.kind !== 'deadLetter') return `${wait}; never given up`
  const [hours, attempts] = [
    retry.giveUpAfterSeconds / 3600,
    attemptsBefore(count => at(count, retry.giveUpAfterSeconds + 1)),
  ]
  return outcome.kind === 'failed'
    ? `${wait}; **dead-letter** after ${retry.failedAttempts} of them and an hour`
    : `${wait}; **dead-letter** when the first failed attempt was more than ${hours} h ago and at least ${attempts} failed`
}

/** Returns the circumstances after so many failed attempts with this kind of outcome. */
function after(count: number, sinceFirstSeconds: number): Circumstances {
  const attempts = { conflicts: count, unavailable: count, failed: count, total: count, sinceFirstSeconds }
  return { attempts, receives: 1, mayDouble: false, times: retry, random: 0.5 }
}

function delayOf(outcome: Outcome, seconds: number, second: ReturnType<typeof decide>): string {
  if ('inSeconds' in outcome)
    return outcome.kind === 'throttled'
      ? 'at the [reset](docs/architecture.md#the-rate-limit)'
      : 'when the token, the time or the earlier event is expected'
  if (second.kind === 'retry' && second.inSeconds > seconds)
    return `after ${seconds} s, doubling to ${retry.maxSeconds / 60} min, ± ${retry.jitter * 100} %`
  return seconds === retry.maxSeconds ? `after ${seconds / 60} min, with an alarm` : `after ${seconds} s`
}

function attemptsBefore(at: (attempts: number, age: number) => ReturnType<typeof decide>): number {
  let attempts = 1
  while (at(attempts, 0).kind === 'retry') attempts++
  return attempts
}
