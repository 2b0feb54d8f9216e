import { randomUUID } from 'node:crypto'
import type { EventTrace } from '../local-relay/event-trace.ts'
import { documentationSamples, webShopEvents } from '../samples/samples.ts'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, safe } from '../terminal/terminal.ts'
import { followEvents } from './follow-events.ts'
import { findRelay, type RelayClient } from './relay-client.ts'
import { isKnownBy, showCustomers } from './show-customers.ts'
import { type Sorted, sortEvents } from './sort-events.ts'

type Event = Record<string, unknown>

const help: CommandHelp = {
  name: 'demo',
  summary:
    "Sends sample events to the local relay and shows the customers in Kustomer: the samples of RudderStack's documentation, and the events of a web shop.",
  examples: [
    ['npm run demo', 'while `npm start` runs in another terminal'],
    ['npm run -s demo -- --json', 'counts and customers as JSON'],
  ],
  exits: {
    0: 'every event that was sent was delivered',
    1: 'an event that was sent was not delivered',
    2: 'no relay runs, or it refuses the secret',
  },
}

/** Runs `npm run demo`: sends the sample events and prints the result. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
    .option('--json', 'counts and customers as JSON')
    .action(async ({ json }) => {
      exit.code = await demo(json ?? false, io)
    })
  return runCommand(program, argv, io, exit)
}

async function demo(json: boolean, io: CommandIo): Promise<number> {
  const relay = findRelay(io, io.env.WEBHOOK_SECRET?.trim() || 'local-secret')
  const idPrefix = `demo-${randomUUID().slice(0, 8)}-`
  const { waves, refused } = sortEvents(sampleEvents(idPrefix), await relay.settings())
  printRefused(refused, io.err)
  const traces = await followEvents(relay, waves, idPrefix, io)
  const sent = waves.flat()
  const ours = await customersOf(relay, sent)
  const delivered = traces.filter(trace => trace.state === 'delivered').length
  const unchanged = traces.filter(trace => trace.state === 'skipped').length
  const dead = traces.filter(trace => trace.state === 'dead')
  if (json)
    printLine(
      io.out,
      safeJson({ sent: sent.length, delivered, unchanged, leftOut: refused, dead, customers: ours }, 'line'),
    )
  else {
    const customers = ours && `${showCustomers(ours, io.out)}\n`
    printLine(io.out, customers ?? 'The relay calls the real Kustomer: see the customers there.')
    report(dead, { delivered, unchanged, sent: sent.length, leftOut: refused.length }, io.out)
  }
  return delivered + unchanged === sent.length ? 0 : 1
}

function sampleEvents(idPrefix: string): Event[] {
  return [...documentationSamples.map(({ event }) => event), ...webShopEvents].map((event, index) => ({
    ...event,
    messageId: `${idPrefix}${String(index + 1).padStart(2, '0')}`,
    originalTimestamp: new Date().toISOString(),
  }))
}

function printRefused(refused: Sorted['refused'], err: Output) {
  for (const { event, why } of refused) {
    const name = safe(nameOf(event))
    printLine(err, `${paint('yellow', 'left out', err)}  ${name}  ${paint('dim', safe(why), err)}`)
  }
  const hint = 'Kustomer refuses these events; `advancedTransform` would make them valid.\n'
  if (refused.length > 0) printLine(err, paint('dim', hint, err))
}

async function customersOf(relay: RelayClient, events: Event[]) {
  const ids = new Set(events.map(event => String(event.userId ?? event.anonymousId)))
  return (await relay.customers())?.filter(customer => isKnownBy(ids, customer))
}

function report(
  dead: EventTrace[],
  { delivered, unchanged, sent, leftOut }: Record<'delivered' | 'unchanged' | 'sent' | 'leftOut', number>,
  out: Output,
) {
  for (const trace of dead) {
    const reason = paint('dim', safe(trace.reason ?? ''), out)
    printLine(out, `${paint('red', 'dead letter', out)}  ${safe(trace.event)}  ${reason}`)
  }
  const skipped = unchanged > 0 ? `, ${unchanged} changed nothing and needed no call` : ''
  const others = leftOut > 0 ? `, ${leftOut} left out` : ''
  const text = `${delivered} of ${sent} events delivered${skipped}, ${dead.length} dead letters${others}`
  printLine(out, paint(delivered + unchanged === sent ? 'green' : 'red', text, out))
}

function nameOf({ type, event, name }: Event): string {
  return [type, event ?? name].filter(Boolean).join(' ')
}
