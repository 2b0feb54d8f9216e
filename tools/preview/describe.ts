import type { Call, CustomerKey, Note, Settings } from '../../lib/index.ts'
import { type Endpoint, endpoints } from '../../lib/kustomer/endpoints.ts'
import type { Output } from '../terminal/command-io.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, safe, table } from '../terminal/terminal.ts'
import { type CallFault, helpSentence } from './call-faults.ts'
import type { Fault } from './read-events.ts'

/** The call of one event and why Kustomer would refuse it, or its error. `--json` prints exactly this. */
export type Outcome = { call: Call; faults?: CallFault[]; isHelpedByAdvanced?: boolean } | { error: Fault }

const columns = [
  { title: 'path', mayShrink: true },
  { title: 'did', style: 'yellow' as const },
  { title: 'why', mayShrink: true },
]

type UpsertCustomer = Extract<Call, { kind: 'upsertCustomer' }>

/** Returns the result of the `n`-th event as text: its requests, its body and its notes, or its error. */
export function describe(outcome: Outcome, n: number, settings: Settings, output: Output): string {
  const title = paint('bold', `Event ${n}`, output)
  if ('error' in outcome)
    return `${title}  ${paint('red', `✘ ${outcome.error.code}: ${safe(outcome.error.message)}`, output)}`
  const { call } = outcome
  if (call.kind === 'skip') return `${title}  ${paint('dim', `– not delivered: ${safe(call.why)}`, output)}`
  const at = endpoints(settings.baseEndpoint)
  const requests = call.kind === 'recordEvent' ? [lineOf(at.recordEvent(), output)] : upsert(call, at, output)
  const body = call.kind === 'recordEvent' ? { identity: call.identity, event: call.event } : call.customer
  const refused = faultLines(outcome.faults ?? [], outcome.isHelpedByAdvanced, output)
  return [title, ...requests, safeJson(body), ...notes(call.notes, output), ...refused].join('\n')
}

/** Returns a line for each reason why Kustomer would refuse a call, and one about the setting that would help. */
export function faultLines(
  faults: CallFault[],
  isHelpedByAdvanced: boolean | undefined,
  output: Output,
): string[] {
  if (faults.length === 0) return []
  const lines = faults.map(({ code, sentence }) => `  ${safe(sentence)} ${paint('dim', `(${code})`, output)}`)
  const help = isHelpedByAdvanced ? [`  ${helpSentence}`] : []
  return [paint('red', '✘ Kustomer would refuse this call:', output), ...lines, ...help]
}

function upsert(call: UpsertCustomer, at: ReturnType<typeof endpoints>, output: Output): string[] {
  const find = call.find.map((key: CustomerKey) => lineOf(at.findCustomer(key), output))
  const known =
    call.knownId === undefined
      ? []
      : [`${lineOf(at.updateCustomer(call.knownId), output)}   if it was deleted:`]
  return [...known, ...find, `${lineOf(at.createCustomer(), output)}   or PUT to the customer found`]
}

function lineOf({ method, url }: Endpoint, output: Output): string {
  return `${paint('cyan', method.padEnd(4), output)} ${safe(url)}`
}

function notes(all: Note[], output: Output): string[] {
  if (all.length === 0) return []
  return [
    table(
      columns,
      all.map(({ path, did, why }) => [path, did, why]),
      output,
    ),
  ]
}
