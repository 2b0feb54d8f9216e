import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dig, list, resourcesOf } from '../../infra/checks/template.ts'
import { queryRows } from '../../infra/monitoring/query-rows.ts'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import { transform } from '../../lib/transform/index.ts'
import type { Decision } from '../../lib/worker/decide.ts'
import { parseRecord } from '../../lib/worker/parse-record.ts'
import { createReporter } from '../../lib/worker/reporter.ts'
import { fakeClock } from '../runtime/fake-clock.ts'
import { sqsRecord } from '../worker/records.ts'
import { synthesized } from './synthesized.ts'

/** The fields that the real code writes, by the message of the line. */
const written = writtenFields()
const fields = new Set([...written.values()].flatMap(own => [...own]))

test('the stack saves the queries, for the logs of both functions', () => {
  const saved = resourcesOf(synthesized(), 'AWS::Logs::QueryDefinition').map(({ properties }) => properties)
  expect(saved.map(({ Name }) => Name)).toEqual(queryRows.map(({ title }) => `kustomer-relay/dev/${title}`))
  for (const { LogGroupNames, QueryString } of saved) {
    expect(list(LogGroupNames).map(group => String(dig(group, 'Ref')).slice(0, 10))).toEqual([
      'IngestLogs',
      'WorkerLogs',
    ])
    expect(QueryString).toMatch(/^fields .*\n\| filter \w+ = "[A-Za-z_]+"/)
  }
})

test('the queries use only fields that the worker writes, and messages that exist', () => {
  const own = (query: (typeof queryRows)[number]) => [
    ...query.fields.filter(field => !field.startsWith('@')),
    query.filter.split(' ')[0],
    ...(query.stats?.split(' by ')[1]?.split(', ') ?? []),
    ...[...(query.stats ?? '').matchAll(/\((\w+)\)/g)].map(([, field]) => field),
  ]
  const used = new Set(queryRows.flatMap(own))
  expect([...used].filter(field => field !== 'message' && !fields.has(String(field)))).toEqual([])
  expect(used.size).toBeGreaterThan(12)
  expect([...written.keys()]).toContain('call')
})

test('docs/logs.md explains every field and every message of the worker', () => {
  const tables = readFileSync('docs/logs.md', 'utf8')
  const first = [...tables.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
    cell.replaceAll('`', '').split(', '),
  )
  expect([...fields, ...written.keys()].filter(name => !first.includes(name))).toEqual([])
})

function writtenFields() {
  const lines = new Map<string, Set<string>>()
  const write = (message: string, given: Record<string, unknown>) => {
    const known = lines.get(message) ?? new Set()
    for (const [name, value] of Object.entries(given)) if (value !== undefined) known.add(name)
    lines.set(message, known)
  }
  const log = { info: write, warn: write, error: write }
  const reporter = createReporter(log, { add() {}, addWith() {} }, fakeClock(1_800_000_000_000))
  const parsed = parseRecord(
    sqsRecord('m1', { type: 'track', event: 'A' }, { sentAtMs: 1_799_999_999_000 }),
    transform,
  )
  const request = { method: 'POST', template: '/v1/customers', url: 'http://127.0.0.1/', ms: 5 } as const
  reporter.call({ ...request, kind: 'create', status: 503 }, parsed)
  reporter.call({ ...request, kind: 'create', status: undefined, error: 'time-out' }, parsed)
  const ends: [Outcome, Decision][] = [
    [
      { kind: 'delivered', status: 200, notes: [{ kind: 'contested', attribute: 'emails' }] },
      { kind: 'done' },
    ],
    [
      { kind: 'unavailable', why: 'x', mayBeStored: true },
      { kind: 'retry', inSeconds: 5 },
    ],
    [
      { kind: 'conflict', status: 409, why: 'x' },
      { kind: 'deadLetter', code: 'CONFLICT', why: 'x' },
    ],
  ]
  for (const [outcome, decision] of ends) reporter.decision(parsed, outcome, decision, 2)
  reporter.fault('person records are unavailable', new TypeError('x'))
  return lines
}
