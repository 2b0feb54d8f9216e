import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import { transform } from '../../lib/transform/index.ts'
import type { Decision } from '../../lib/worker/decide.ts'
import { parseRecord } from '../../lib/worker/parse-record.ts'
import { createReporter } from '../../lib/worker/reporter.ts'
import { fakeClock } from '../runtime/fake-clock.ts'
import { sqsRecord } from './records.ts'

const nowMs = 1_800_000_000_000
const done: Decision = { kind: 'done' }
const again: Decision = { kind: 'retry', inSeconds: 7 }
const deadLetter: Decision = { kind: 'deadLetter', code: 'CONFLICT', why: 'because' }
const why = 'because'
const traits = { email: 'ada@example.com', name: 'Ada Lovelace' }
const identify = { type: 'identify', traits }
const track = { type: 'track', event: 'Order Completed', properties: traits }

type Line = [level: string, message: string, fields: Record<string, unknown>]
const heard: Record<string, unknown>[] = []
const hear = (message: unknown) => void heard.push(message as Record<string, unknown>)
const channels = ['kustomer-relay:call', 'kustomer-relay:decision']
beforeEach(() => {
  for (const name of channels) subscribe(name, hear)
})
afterEach(() => {
  for (const name of channels) unsubscribe(name, hear)
  heard.length = 0
})

/** A report whose output is recorded. The event was received 2.5 s ago. */
function reporting(event: object) {
  const lines: Line[] = []
  const counted: unknown[][] = []
  const say = (level: string) => (message: string, fields: Record<string, unknown>) =>
    void lines.push([level, message, fields])
  const log = { info: say('info'), warn: say('warn'), error: say('error') }
  const metrics = {
    add: (...sum: unknown[]) => void counted.push(sum),
    addWith: (...sum: unknown[]) => void counted.push(sum),
  }
  const opened = parseRecord(sqsRecord('m1', event, { sentAtMs: nowMs - 2_500 }), transform)
  return { lines, counted, opened, reporter: createReporter(log, metrics, fakeClock(nowMs)) }
}

describe('a decision is counted', () => {
  const lost: Outcome = { kind: 'unavailable', why, mayBeStored: true }
  const down: Outcome = { kind: 'unavailable', why, mayBeStored: false }
  test.each<[string, object, Outcome, Decision, string, ...string[]]>([
    [
      'delivered',
      track,
      { kind: 'delivered' },
      done,
      'info',
      'EventsDelivered',
      'AgeAtDelivery',
      'KustomerUnavailable',
    ],
    ['skipped', track, { kind: 'skipped', why }, done, 'info', 'EventsSkipped'],
    ['retried', track, down, again, 'warn', 'EventsRetried', 'AgeAtRetry', 'KustomerUnavailable'],
    [
      'waiting',
      track,
      { kind: 'unattempted', why, inSeconds: 7 },
      again,
      'warn',
      'EventsRetried',
      'AgeAtRetry',
    ],
    [
      'dead-lettered',
      track,
      { kind: 'rejected', why, code: 'REJECTED' },
      deadLetter,
      'warn',
      'EventsDeadLettered',
    ],
    [
      'throttled',
      track,
      { kind: 'throttled', status: 429, inSeconds: 7 },
      again,
      'warn',
      'EventsRetried',
      'AgeAtRetry',
      'KustomerThrottled',
    ],
    [
      'refused for its key',
      track,
      { kind: 'unauthorized', why, status: 401 },
      again,
      'warn',
      'EventsRetried',
      'AgeAtRetry',
      'KustomerUnauthorized',
    ],
    [
      'delivered before',
      track,
      { kind: 'skipped', why: 'delivered before', spared: 'deduplicated' },
      done,
      'info',
      'EventsSkipped',
      'EventsDeduplicated',
    ],
    [
      'delivered without a look-up',
      identify,
      { kind: 'delivered', spared: 'lookUpsSaved' },
      done,
      'info',
      'EventsDelivered',
      'AgeAtDelivery',
      'LookUpsSaved',
      'KustomerUnavailable',
    ],
    [
      'perhaps stored',
      track,
      lost,
      again,
      'warn',
      'EventsRetried',
      'AgeAtRetry',
      'KustomerUnavailable',
      'PossibleDuplicates',
    ],
    [
      'an identify, which never doubles',
      identify,
      lost,
      again,
      'warn',
      'EventsRetried',
      'AgeAtRetry',
      'KustomerUnavailable',
    ],
    [
      'a bug of ours',
      track,
      { kind: 'failed', why },
      again,
      'error',
      'EventsRetried',
      'AgeAtRetry',
      'EventsFailed',
    ],
    ['given up', track, down, deadLetter, 'warn', 'EventsDeadLettered', 'KustomerUnavailable'],
    [
      'delivered without an identifier',
      identify,
      { kind: 'delivered', notes: [{ kind: 'contested', attribute: 'emails' }] },
      done,
      'info',
      'EventsDelivered',
      'AgeAtDelivery',
      'IdentityConflicts',
      'KustomerUnavailable',
    ],
  ])('%s', (_, event, outcome, decision, level, ...names) => {
    const { lines, counted, opened, reporter } = reporting(event)
    reporter.decision(opened, outcome, decision, 3)
    expect(counted.map(([name]) => name)).toEqual(names)
    const isUp = names.includes('EventsDelivered')
    for (const [name, value] of counted) {
      const expected = String(name).startsWith('Age') ? 2.5 : name === 'KustomerUnavailable' && isUp ? 0 : 1
      expect([name, value]).toEqual([name, expected])
    }
    expect(lines[0]?.slice(0, 2)).toEqual([level, 'decision'])
    const isDoubtful = names.includes('PossibleDuplicates')
    expect(lines.slice(1).map(([, message]) => message)).toEqual(isDoubtful ? ['possible-duplicate'] : [])
  })
})

test('a dead letter is reported with its code and status, in the log and on the channel', () => {
  const { lines, opened, reporter } = reporting(track)
  reporter.decision(opened, { kind: 'conflict', status: 409, why }, deadLetter, 4)
  const fields = {
    messageId: 'sqs-m1',
    eventId: 'm1',
    type: 'track',
    person: opened.record.attributes.MessageGroupId,
    outcome: 'conflict',
    decision: 'deadLetter',
    code: 'CONFLICT',
    status: 409,
    attempts: 4,
    ageSeconds: 2.5,
    why,
  }
  expect(lines).toEqual([['warn', 'decision', { ...fields, notes: undefined }]])
  expect(heard).toEqual([{ ...fields, event: 'track Order Completed' }])
})

test('a delay is reported with its seconds, and with code and status only if there are any', () => {
  const { lines, opened, reporter } = reporting(identify)
  reporter.decision(opened, { kind: 'unattempted', why, inSeconds: 7 }, again, 1)
  expect(lines[0]?.[2]).toMatchObject({ inSeconds: 7 })
  expect(Object.keys(lines[0]?.[2] ?? {})).not.toEqual(expect.arrayContaining(['code']))
  expect(Object.keys(lines[0]?.[2] ?? {})).not.toEqual(expect.arrayContaining(['status']))
  expect(heard[0]?.event).toBe('identify')
})

describe('a request is counted by its kind and its answer', () => {
  test.each([
    ['GET', '/v1/customers/email={email}', 404, 'find', '4xx'],
    ['GET', '/v1/customers/{id}', 200, 'read', '2xx'],
    ['POST', '/v1/customers', 201, 'create', '2xx'],
    ['PUT', '/v1/customers/{id}', 503, 'update', '5xx'],
    ['POST', '/v1/tracking/identityEvent', 429, 'record', '429'],
    ['POST', '/v1/tracking/identityEvent', undefined, 'record', 'none'],
  ] as const)('%s %s, %s', (method, template, status, kind, answered) => {
    const { lines, counted, opened, reporter } = reporting(track)
    const url = 'http://127.0.0.1/v1/customers/email=ada%40example.com'
    const error = status === undefined ? { error: 'time-out' } : {}
    reporter.call({ kind, method, template, url, status, ms: 12, ...error }, opened)
    expect(counted).toEqual([[{ kind, status: answered }, 'KustomerCalls', 1]])
    const isLogged = answered !== '2xx' && answered !== '4xx'
    expect(lines).toEqual(
      isLogged ? [['info', 'call', { eventId: 'm1', method, path: template, status, ms: 12, ...error }]] : [],
    )
    expect(heard).toEqual([
      {
        kind,
        method,
        template,
        url,
        status,
        ms: 12,
        event: 'track Order Completed',
        messageId: 'sqs-m1',
        ...error,
      },
    ])
  })
})

test('the line of a decision has the number of its requests and their time, since usual ones have no line', () => {
  const { lines, opened, reporter } = reporting(identify)
  const call = { method: 'GET', template: '/v1/customers/{id}', url: 'http://127.0.0.1' } as const
  reporter.call({ ...call, kind: 'find', status: 404, ms: 12 }, opened)
  reporter.call({ ...call, kind: 'read', status: 404, ms: 10 }, opened)
  reporter.call({ ...call, kind: 'create', status: 201, ms: 20 }, opened)
  reporter.decision(opened, { kind: 'delivered', status: 201, notes: [] }, { kind: 'done' }, 0)
  expect(lines.map(([, message]) => message)).toEqual(['call', 'decision'])
  expect(lines[0]?.[2]).toMatchObject({ status: 404, ms: 10 })
  expect(lines[1]?.[2]).toMatchObject({ calls: 3, callMs: 42 })
})

test('a fault is reported with the name of its error, never with its message', () => {
  const { lines, reporter } = reporting(track)
  reporter.fault('a dead letter could not be sent', new TypeError('of ada@example.com'))
  reporter.fault('a dead letter could not be sent', 'ada@example.com')
  expect(lines).toEqual([
    ['error', 'a dead letter could not be sent', { fault: 'TypeError' }],
    ['error', 'a dead letter could not be sent', {}],
  ])
})

test('no line of the log has data of the person', () => {
  const { lines, opened, reporter } = reporting(identify)
  reporter.decision(opened, { kind: 'rejected', code: 'REJECTED', why }, deadLetter, 1)
  expect(JSON.stringify(lines)).not.toMatch(/ada|Lovelace|"u1"/i)
})

test('a decision says how often the event was replayed before, if it was', () => {
  const { lines, opened, reporter } = reporting(track)
  reporter.decision(opened, { kind: 'delivered' }, done, 0)
  const REPLAYS = { stringValue: '2', dataType: 'String' } as const
  const record = { ...opened.record, messageAttributes: { REPLAYS } }
  reporter.decision({ ...opened, record }, { kind: 'delivered' }, done, 0)
  expect(lines.map(([, , { replays }]) => replays)).toEqual([undefined, 2])
})
