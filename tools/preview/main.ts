import { watchFile } from 'node:fs'
import { InvalidEventError, type Settings, transform } from '../../lib/index.ts'
import { parseSettings } from '../../lib/settings.ts'
import { commandLine, reasonOf, run } from '../terminal/command-line.ts'
import { paint, safe } from '../terminal/terminal.ts'
import { describe, type Outcome } from './describe.ts'
import { describeDifferences, differences } from './differences.ts'
import { type Read, readEvents, readText } from './read-events.ts'

const program = commandLine(
  'preview',
  'Shows the call of Kustomer that an event becomes, and everything that was done to it. Sends nothing.',
  [
    ['npm run -s preview -- event.json', 'one event, or a JSON array of them'],
    ['npm run -s preview -- events.ndjson --json', 'an event a line; a call or an error a line'],
    ['npm run -s preview -- - --settings settings.json < event.json', 'with settings of your own'],
    ['npm run -s preview -- events.json --diff old.json new.json', 'what other settings would change'],
    ['npm run -s preview -- event.json --watch', 'again whenever a file changes'],
  ],
  { 0: 'every event has a call', 1: 'an event has an error', 2: 'the arguments or a file cannot be read' },
)
  .argument('[file]', 'a JSON event, a JSON array of events, or NDJSON; - is standard input')
  .option('--settings <file>', "JSON of the mapping settings, by RudderStack's names")
  .option('--diff <files...>', 'two files of settings: shows where their calls differ')
  .option('--json', 'one line for each event: {"call":…} or {"error":…}; with --diff its differences')
  .option('--watch', 'shows it again whenever one of the files changes')
  .action(async (given, { settings, diff, json = false, watch }) => {
    if (diff && (diff.length < 2 || diff.length > 3 || settings))
      throw new Error('--diff takes OLD.json NEW.json')
    const file = given ?? diff?.[2]
    if (file === undefined) throw new Error('Say which events: a file, or - for standard input')
    const show = () => (diff ? showDifferences(file, diff, json) : showCalls(file, settings, json))
    if (!watch) return show()
    if (file === '-') throw new Error('Standard input cannot be watched')
    const files = [file, ...(settings === undefined ? [] : [settings]), ...(diff?.slice(0, 2) ?? [])]
    await watchAll(files, show)
  })

async function showCalls(file: string, settingsFile: string | undefined, json: boolean) {
  const settings = await readSettings(settingsFile)
  const outcomes = (await readAll(file)).map(read => preview(read, settings))
  for (const [index, outcome] of outcomes.entries())
    console.log(json ? safe(JSON.stringify(outcome)) : `${describe(outcome, index + 1, settings)}\n`)
  process.exitCode = outcomes.some(outcome => 'error' in outcome) ? 1 : 0
}

async function showDifferences(file: string, [before, after]: string[], json: boolean) {
  const [old, now] = [await readSettings(before), await readSettings(after)]
  const reads = await readAll(file)
  for (const [index, read] of reads.entries()) {
    const found = differences(preview(read, old), preview(read, now))
    console.log(json ? safe(JSON.stringify(found)) : `${describeDifferences(found, index + 1)}\n`)
  }
  process.exitCode = reads.some(read => 'error' in preview(read, now)) ? 1 : 0
}

/** Shows it now and after each change, until the process is ended; what goes wrong is told, and the watch goes on. */
async function watchAll(files: string[], show: () => Promise<void>) {
  const again = async () => {
    if (process.stdout.isTTY) console.clear()
    await show().catch(error => console.error(paint('red', reasonOf(error), process.stderr)))
    console.error(paint('dim', `watching ${files.map(safe).join(', ')}`, process.stderr))
  }
  for (const file of files) watchFile(file, { interval: 150 }, again)
  await again()
}

async function readAll(file: string): Promise<Read[]> {
  const all = await readText(file)
  if (all.trim() === '') throw new Error(`${file === '-' ? 'Standard input' : file} is empty`)
  return readEvents(all)
}

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
