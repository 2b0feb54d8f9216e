import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { paint, safe } from '../terminal/terminal.ts'
import { atRest, leftIn } from './at-rest.ts'
import { complain } from './complain.ts'
import { readEnvironment } from './environment.ts'
import { followSettingsFile } from './follow-settings-file.ts'
import { defaultDataDir } from './local-file.ts'
import type { RelayOptions } from './relay-options.ts'
import { type Relay, startRelay } from './start-relay.ts'

/** Milliseconds that the last words and the stop may take. */
const patienceMs = { words: 2_000, stop: 700 }

const help: CommandHelp = {
  name: 'start',
  summary:
    'Runs the relay on this machine: webhook, queue, worker and a Kustomer stand-in. It runs until Ctrl-C. Settings come from the environment.',
  examples: [
    ['npm start', 'on port 8787, with a Kustomer stand-in'],
    ['PORT=0 npm start', 'on any free port'],
    ['SETTINGS_FILE=settings.json npm start', 'with your own mapping settings'],
    ['RELAY_DATA=.relay/data npm start', 'keeps events, person records and customers in that folder'],
    ['RELAY_LOGS=1 npm start', "with the functions' own logs on the terminal"],
  ],
  variables: [
    ['PORT', 'the port on 127.0.0.1; 0: any free one (8787)'],
    ['SETTINGS_FILE', 'JSON file of mapping settings; read again when it changes'],
    [
      'RELAY_DATA',
      'folder that keeps events, person records and customers; without it they are lost at the end',
    ],
    ['RELAY_LOGS', "1: the functions' own logs too"],
    ['WEBHOOK_SECRET', 'what RudderStack must send (local-secret)'],
    ['WORKER_CONCURRENCY', 'workers at once, 1 to 32 (2)'],
    ['KUSTOMER_BASE_URL', 'a real Kustomer in place of the stand-in, with KUSTOMER_API_KEY'],
    ['ALLOW_OTHER_HOSTS', "true: KUSTOMER_BASE_URL may be a host that is not Kustomer's"],
    ['KUSTOMER_REQUESTS_PER_MINUTE', "Kustomer's rate limit (1000)"],
    ['KUSTOMER_SHARE', 'the part of it that the relay uses, 0.01 to 1 (0.8)'],
    ['RESEND_UNCHANGED_AFTER_HOURS', 'hours after which an unchanged identify is sent again; 0: always (24)'],
    ['BACKOFF_BASE_SECONDS', 'seconds before the first retry (5)'],
    ['BACKOFF_MAX_SECONDS', 'seconds between retries at most (900)'],
    ['GIVE_UP_AFTER_SECONDS', 'seconds after which a failing event is dead-lettered (259200)'],
  ],
  exits: { 0: 'ended by a signal', 1: 'could not start', 2: 'wrong settings' },
}

/**
 * Runs `npm start`: a relay on this machine, until it is interrupted. Returns the exit code. It waits only a short time
 * for the relay to stop, so the caller must end the process.
 */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help).action(async () => {
    exit.code = await runRelay(io)
  })
  return runCommand(program, argv, io, exit)
}

async function runRelay(io: CommandIo): Promise<number> {
  const stop = io.interruption()
  const isStopped = stop.aborted ? Promise.resolve() : once(stop, 'abort')
  let starting: Promise<Relay> | undefined
  try {
    const options = { ...readEnvironment(io.env), ...outputs(io) }
    starting = startRelay(options)
    const relay = await Promise.race([starting, isStopped.then(() => undefined)])
    if (relay) {
      announce(relay, options, io)
      followSettingsFile(relay.settings, io)
    }
  } catch (error) {
    return complain(error, io)
  }
  await isStopped
  const parting = starting.then(relay => relay.status()).then(status => atRest(status, storageFolder(io)))
  const words = await within(patienceMs.words, parting)
  if (words) printLine(io.out, paint('yellow', words, io.out))
  await within(
    patienceMs.stop,
    starting.then(relay => relay.stop()),
  )
  return 0
}

/** Resolves to undefined where the promise rejects or takes longer. */
function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  return Promise.race([promise.catch(() => undefined), wait(ms, undefined)])
}

function storageFolder({ env, cwd }: CommandIo): string | undefined {
  const folder = env.RELAY_DATA?.trim()
  return folder ? resolve(cwd, folder) : undefined
}

function outputs(io: CommandIo): RelayOptions {
  const { out, env, cwd } = io
  const storageDir = storageFolder(io)
  return {
    ...(storageDir && { storageDir }),
    onLine: line => printLine(out, line),
    hasColors: out.hasColors,
    ...(env.RELAY_LOGS?.trim() === '1' && { onLog: (piece: Uint8Array) => out.write(piece) }),
    dataDir: join(cwd, defaultDataDir),
  }
}

function announce(
  { url, restored }: Relay,
  { webhookSecret = 'local-secret', storageDir }: RelayOptions,
  { out }: CommandIo,
): void {
  const event = { type: 'track', userId: 'alice', event: 'Order Completed', properties: { revenue: 42.5 } }
  const authorization = `authorization: Bearer ${webhookSecret}`.replaceAll("'", "'\\''")
  printLine(out, `relay ready ${url}/v1/events`)
  printLine(
    out,
    `\ncurl ${url}/v1/events \\\n  -H '${authorization}' -H 'content-type: application/json' \\\n  -d '${JSON.stringify(event)}'\n`,
  )
  if (storageDir && restored)
    printLine(out, `data     ${safe(storageDir)} (${leftIn(restored) ?? 'no events'})`)
  printLine(out, `console  ${url}/`)
  printLine(
    out,
    paint('dim', 'npm run demo   sends the events of a web shop; run it in another terminal\n', out),
  )
}
