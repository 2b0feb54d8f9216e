import type { Call, CustomerKey, Note, Settings } from '../../lib/index.ts'
import { type Endpoint, endpoints } from '../../lib/kustomer/endpoints.ts'
import { paint, safe, safeJson, table } from '../terminal/terminal.ts'
import type { Fault } from './read-events.ts'

/** What became of one event, for `--json` to the dead letter. */
export type Outcome = { call: Call } | { error: Fault }

const columns = [
  { title: 'path', mayShrink: true },
  { title: 'did', style: 'yellow' as const },
  { title: 'why', mayShrink: true },
]

/** The `n`-th event's call, or its error, as lines for a person: requests, body, and what was done beyond renaming. */
export function describe(outcome: Outcome, n: number, settings: Settings): string {
  const title = paint('bold', `Event ${n}`)
  if ('error' in outcome) return `${title}  ${paint('red', `✘ ${safe(outcome.error.message)}`)}`
  const { call } = outcome
  if (call.kind === 'skip') return `${title}  ${paint('dim', `– not delivered: ${safe(call.why)}`)}`
  const at = endpoints(settings.baseEndpoint)
  const requests = call.kind === 'recordEvent' ? [lineOf(at.recordEvent())] : upsert(call, at)
  const body = call.kind === 'recordEvent' ? { identity: call.identity, event: call.event } : call.customer
  return [title, ...requests, safeJson(body), ...notes(call.notes)].join('\n')
}

function upsert(call: Extract<Call, { kind: 'upsertCustomer' }>, at: ReturnType<typeof endpoints>): string[] {
  const find = call.find.map((key: CustomerKey) => lineOf(at.findCustomer(key)))
  const known =
    call.knownId === undefined ? [] : [`${lineOf(at.updateCustomer(call.knownId))}   if it is gone:`]
  return [...known, ...find, `${lineOf(at.createCustomer())}   or PUT of the one found`]
}

function lineOf({ method, url }: Endpoint): string {
  return `${paint('cyan', method.padEnd(4))} ${safe(url)}`
}

function notes(all: Note[]): string[] {
  if (all.length === 0) return []
  return [
    table(
      columns,
      all.map(({ path, did, why }) => [path, did, why]),
    ),
  ]
}
