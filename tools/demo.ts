import { randomUUID } from 'node:crypto'
import { commandLine, interruption, run } from './command-line.ts'
import { followEvents } from './demo/follow-events.ts'
import { findRelay, type RelayClient } from './demo/relay-client.ts'
import { isKnownBy, showCustomers } from './demo/show-customers.ts'
import { sortEvents } from './demo/sort-events.ts'
import type { Life } from './local/ledger.ts'
import { documentationSamples, webShopEvents } from './samples.ts'
import { paint, safe } from './terminal.ts'

type Event = Record<string, unknown>

const program = commandLine(
  'demo',
  "Sends sample events to the relay that runs here and shows what Kustomer then holds: the calls of RudderStack's documentation, and a web shop's day.",
  [['npm run demo', 'beside `npm start`, in another terminal']],
  { 0: 'every event was delivered', 1: 'an event was not', 2: 'no relay, or one that refuses the secret' },
).action(demo)

await run(program)

async function demo() {
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
    console.log(`${paint('yellow', 'left out')}  ${safe(nameOf(event))}  ${paint('dim', safe(why))}`)
  if (refused.length > 0)
    console.log(paint('dim', 'Kustomer refuses these as they are; `advancedTransform` would fit them.\n'))
  const lives = await followEvents(relay, waves, idPrefix, interruption())
  await show(relay, waves.flat())
  report(lives, waves.flat().length)
}

async function show(relay: RelayClient, events: Event[]) {
  const customers = await relay.customers()
  if (!customers) return console.log('The relay calls a Kustomer of yours: look there.')
  const ids = new Set(events.map(event => String(event.userId ?? event.anonymousId)))
  const ours = customers.filter(customer => isKnownBy(ids, customer))
  console.log(`${showCustomers(ours)}\n`)
  const others = customers.length - ours.length
  if (others > 0) console.log(paint('dim', `and ${others} other customers`))
}

function report(lives: Life[], sent: number) {
  const dead = lives.filter(life => life.state === 'dead')
  for (const life of dead)
    console.log(
      `${paint('red', 'dead letter')}  ${safe(life.event)}  ${paint('dim', safe(life.reason ?? ''))}`,
    )
  const delivered = lives.filter(life => life.state === 'delivered').length
  const isWhole = delivered === sent
  console.log(
    paint(isWhole ? 'green' : 'red', `${delivered} of ${sent} events delivered, ${dead.length} dead letters`),
  )
  if (!isWhole) process.exitCode = 1
}

function nameOf({ type, event, name }: Event): string {
  return [type, event ?? name].filter(Boolean).join(' ')
}
