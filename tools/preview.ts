import { parseSettings } from '../lib/delivery/config.ts'
import { InvalidEventError, type Settings, transform } from '../lib/index.ts'
import { commandLine, run } from './command-line.ts'
import { describe, type Outcome } from './preview/describe.ts'
import { type Read, readEvents, readText } from './preview/read-events.ts'
import { safe } from './terminal.ts'

const program = commandLine(
  'preview',
  'Shows the call of Kustomer that an event becomes, and everything that was done to it. Sends nothing.',
  [
    ['npm run -s preview -- event.json', 'one event, or a JSON array of them'],
    ['npm run -s preview -- events.ndjson --json', 'an event a line; a call or an error a line'],
    ['npm run -s preview -- - --settings settings.json < event.json', 'with settings of your own'],
  ],
  { 0: 'every event has a call', 1: 'an event has an error', 2: 'the arguments or a file cannot be read' },
)
  .argument('<file>', 'a JSON event, a JSON array of events, or NDJSON; - is standard input')
  .option('--settings <file>', "JSON of the mapping settings, by RudderStack's names")
  .option('--json', 'one line for each event: {"call":…} or {"error":…}')
  .action(async (file, { settings: settingsFile, json }) => {
    const settings = await readSettings(settingsFile)
    const all = await readText(file)
    if (all.trim() === '') throw new Error(`${file === '-' ? 'Standard input' : file} is empty`)
    const outcomes = readEvents(all).map(read => preview(read, settings))
    for (const [index, outcome] of outcomes.entries())
      console.log(json ? safe(JSON.stringify(outcome)) : `${describe(outcome, index + 1, settings)}\n`)
    process.exitCode = outcomes.some(outcome => 'error' in outcome) ? 1 : 0
  })

async function readSettings(file: string | undefined): Promise<Settings> {
  return parseSettings(file === undefined ? {} : jsonOf(await readText(file), file))
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${file} is not JSON`)
  }
}

function preview(read: Read, settings: Settings): Outcome {
  if ('error' in read) return read
  try {
    return { call: transform(read.event, settings) }
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error
    const { code, message, issues } = error
    return { error: { code, message, issues } }
  }
}

await run(program)
