import { ConfigError } from '../../lib/errors.ts'
import { commandLine, reasonOf } from '../terminal/command-line.ts'
import { paint, safe } from '../terminal/terminal.ts'
import { readEnvironment } from './environment.ts'
import type { RelayOptions } from './relay-options.ts'
import { type Relay, startRelay } from './start-relay.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** Milliseconds after which an end that hangs is cut short. */
const patienceMs = 700

commandLine(
  'start',
  'Runs the relay on this machine: webhook, queue, worker and a Kustomer stand-in. Settings come from the environment (README).',
  [
    ['npm start', 'on port 8787, with a stand-in of Kustomer'],
    ['PORT=0 npm start', 'on any free port'],
    ['SETTINGS_FILE=settings.json npm start', 'with mapping settings of your own'],
    ['RELAY_LOGS=1 npm start', "with the functions' own logs on the terminal"],
  ],
  { 0: 'ended by a signal', 1: 'could not start', 2: 'wrong settings' },
).parse()

let starting: Promise<Relay> | undefined
for (const signal of signals) process.once(signal, end)

try {
  const options = readEnvironment(process.env)
  starting = startRelay({ ...options, onLine: line => console.log(line) })
  announce(await starting, options)
} catch (error) {
  complain(error)
}

function announce({ url }: Relay, { webhookSecret = 'local-secret' }: RelayOptions) {
  const event = { type: 'track', userId: 'alice', event: 'Order Completed', properties: { revenue: 42.5 } }
  const authorization = `authorization: Bearer ${webhookSecret}`.replaceAll("'", "'\\''")
  console.log(`relay ready ${url}/v1/events`)
  console.log(
    `\ncurl ${url}/v1/events \\\n  -H '${authorization}' -H 'content-type: application/json' \\\n  -d '${JSON.stringify(event)}'\n`,
  )
  console.log(`console  ${url}/`)
  console.log(paint('dim', 'npm run demo   sends a shop full of events, in another terminal\n'))
}

async function end() {
  setTimeout(() => process.exit(0), patienceMs)
  const relay = await starting?.catch(() => undefined)
  await relay?.stop()
  process.exit(0)
}

function complain(error: unknown) {
  if (error instanceof ConfigError) {
    for (const { path, expected, got } of error.issues)
      console.error(paint('red', safe(`${path}: expected ${expected}, got ${got}`), process.stderr))
    process.exit(2)
  }
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const port = process.env.PORT?.trim() || '8787'
  const text = isTaken ? `port ${port} is in use; choose another: PORT=8788 npm start` : reasonOf(error)
  console.error(paint('red', text, process.stderr))
  process.exit(1)
}
