import { randomUUID } from 'node:crypto'
import type { EventTrace } from '../local-relay/ledger.ts'
import { documentationSamples, webShopEvents } from '../samples/samples.ts'
import { commandLine, interruption, run } from '../terminal/command-line.ts'
import { paint, safe } from '../terminal/terminal.ts'
import { followEvents } from './follow-events.ts'
import { findRelay, type RelayClient } from './relay-client.ts'
import { isKnownBy, showCustomers } from './show-customers.ts'
import { sortEvents } from './sort-events.ts'

type Event = Record<string, unknown>

const program = commandLine(
  'demo',
  "Sends sample events to the relay that runs here and shows what Kustomer then holds: the calls of RudderStack's documentation, and a web shop's day.",
  [
    ['npm run demo', 'beside `npm start`, in another terminal'],
    ['npm run -s demo -- --json', 'counts and customers as JSON'],
  ],
  { 0: 'every event was delivered', 1: 'an event was not', 2: 'no relay, or one that refuses the secret' },
)
  .option('--json', 'counts and customers as JSON')
  .action(demo)

await run(program)

async function demo({ json }: { json?: true }) {
  const relay = findRelay(process.env.WEBHOOK_SECRET?.trim() || 'local-secret')
  const idPrefix = `demo-${randomUUID().slice(0, 8)}-`
  const events = [...documentationSamples.map(({ event }) => event), ...webShopEvents].map(
    (event, index) => ({
      ...event,
      messageId: `${idPrefix}${String(index + 1).padStart(2, '0')}`,
      originalTimestamp: new Date().toISOString(),
    }),
  )
  const { waves, refused } = sortEvents(events, await relay.settings())
  for (const { event, why } of refused)
    console.error(`${paint('yellow', 'left out')}  ${safe(nameOf(event))}  ${paint('dim', safe(why))}`)
  if (refused.length > 0)
    console.error(paint('dim', 'Kustomer refuses these as they are; `advancedTransform` would fit them.\n'))
  const traces = await followEvents(relay, waves, idPrefix, interruption())
  const ours = await customersOf(relay, waves.flat())
  const delivered = traces.filter(trace => trace.state === 'delivered').length
  const unchanged = traces.filter(trace => trace.state === 'skipped').length
  const dead = traces.filter(trace => trace.state === 'dead')
  if (delivered + unchanged !== waves.flat().length) process.exitCode = 1
  if (json)
    return console.log(
      JSON.stringify({ sent: waves.flat().length, delivered, unchanged, dead, customers: ours }),
    )
  console.log(ours ? `${showCustomers(ours)}\n` : 'The relay calls a Kustomer of yours: look there.')
  report(dead, { delivered, unchanged, sent: waves.flat().length })
}

async function customersOf(relay: RelayClient, events: Event[]) {
  const ids = new Set(events.map(event => String(event.userId ?? event.anonymousId)))
  return (await relay.customers())?.filter(customer => isKnownBy(ids, customer))
}

function report(dead: EventTrace[], count: { delivered: number; unchanged: number; sent: number }) {
  const { delivered, unchanged, sent } = count
  for (const trace of dead)
    console.log(
      `${paint('red', 'dead letter')}  ${safe(trace.event)}  ${paint('dim', safe(trace.reason ?? ''))}`,
    )
  const spared = unchanged > 0 ? `, ${unchanged} changed nothing and cost no call` : ''
  const says = `${delivered} of ${sent} events delivered${spared}, ${dead.length} dead letters`
  console.log(paint(delivered + unchanged === sent ? 'green' : 'red', says))
}

function nameOf({ type, event, name }: Event): string {
  return [type, event ?? name].filter(Boolean).join(' ')
}
