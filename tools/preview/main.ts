import { once } from 'node:events'
import { unwatchFile, watchFile } from 'node:fs'
import { resolve } from 'node:path'
import { InvalidEventError, type Settings, transform } from '../../lib/index.ts'
import { defaultSettings } from '../../lib/policy.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { commandLine, reasonOf, runCommand } from '../terminal/command-line.ts'
import { readSettings } from '../terminal/read-settings.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, safe } from '../terminal/terminal.ts'
import { callFaults, isHelpedByAdvanced } from './call-faults.ts'
import { describe, type Outcome } from './describe.ts'
import { describeDifferences, differences } from './differences.ts'
import { type Read, readEvents, readText } from './read-events.ts'

/** Clears the terminal and moves the cursor to its first line. */
const clearScreen = '\x1b[1;1H\x1b[0J'

/** Runs `npm run preview`: prints the Kustomer call of each event. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, {
    name: 'preview',
    summary:
      'Shows the Kustomer call of an event, and notes about every change to its values. Sends nothing.',
    examples: [
      ['npm run -s preview -- event.json', 'one event, or a JSON array of them'],
      ['npm run -s preview -- events.ndjson --json', 'one event per line; prints one call or error per line'],
      ['npm run -s preview -- - --settings settings.json < event.json', 'with your own settings'],
      ['npm run -s preview -- events.json --diff old.json new.json', 'what other settings would change'],
      ['npm run -s preview -- events.json --check', 'ends with 1 if Kustomer would refuse one'],
      ['npm run -s preview -- event.json --watch', 'again each time a file changes'],
    ],
    exits: {
      0: 'every event has a call',
      1: 'an event has an error, or with --check a call that Kustomer would refuse',
      2: 'the arguments or a file cannot be read',
    },
  })
    .argument('[file]', 'a JSON event, a JSON array of events, or NDJSON; - is standard input')
    .option(
      '--settings <file>',
      "JSON file of mapping settings, with RudderStack's names (default: the defaults in the README)",
    )
    .option('--diff <files...>', 'two settings files, OLD.json NEW.json: shows where their calls differ')
    .option(
      '--json',
      'one line per event: {"call":…}, with "faults" if Kustomer would refuse it and "isHelpedByAdvanced", or {"error":…}; with --diff its differences',
    )
    .option('--check', 'ends with 1 if Kustomer would refuse a call')
    .option('--watch', 'shows it again each time one of the files changes, until Ctrl-C')
    .action(async (given, options) => {
      exit.code = await preview(given, options, io)
    })
  return runCommand(program, argv, io, exit)
}

interface Options {
  settings?: string | undefined
  diff?: string[] | undefined
  json?: true | undefined
  watch?: true | undefined
  check?: true | undefined
}

async function preview(given: string | undefined, options: Options, io: CommandIo): Promise<number> {
  const { settings, diff, json = false, watch, check = false } = options
  if (diff && (diff.length < 2 || diff.length > 3 || settings))
    throw new Error('--diff takes OLD.json NEW.json')
  const file = given ?? diff?.[2]
  if (file === undefined) throw new Error('The events are missing: give a file, or - for standard input')
  const show = () =>
    diff ? showDifferences(file, diff, json, io) : showCalls(file, settings, { json, check }, io)
  if (!watch) return show()
  if (file === '-') throw new Error('Standard input cannot be watched')
  const files = [file, ...(settings === undefined ? [] : [settings]), ...(diff?.slice(0, 2) ?? [])]
  return watchAll(files, show, io)
}

async function showCalls(
  file: string,
  settingsFile: string | undefined,
  { json, check }: { json: boolean; check: boolean },
  io: CommandIo,
) {
  const settings = await settingsOf(settingsFile, io)
  const outcomes = (await readAll(file, io)).map(read => callOf(read, settings))
  for (const [index, outcome] of outcomes.entries()) {
    const text = json ? safeJson(outcome, 'line') : `${describe(outcome, index + 1, settings, io.out)}\n`
    printLine(io.out, text)
  }
  const isDoomed = outcomes.some(outcome => 'faults' in outcome)
  return outcomes.some(outcome => 'error' in outcome) || (check && isDoomed) ? 1 : 0
}

async function showDifferences(file: string, [before, after]: string[], json: boolean, io: CommandIo) {
  const [old, now] = [await settingsOf(before, io), await settingsOf(after, io)]
  const reads = await readAll(file, io)
  for (const [index, read] of reads.entries()) {
    const found = differences(callOf(read, old), callOf(read, now))
    const text = json ? safeJson(found, 'line') : `${describeDifferences(found, index + 1, io.out)}\n`
    printLine(io.out, text)
  }
  return reads.some(read => 'error' in callOf(read, now)) ? 1 : 0
}

/** Runs `show` now and after each change, until it is interrupted. It prints errors and continues. */
async function watchAll(files: string[], show: () => Promise<number>, io: CommandIo): Promise<number> {
  const stop = io.interruption()
  const again = async () => {
    if (io.out.isTerminal) io.out.write(clearScreen)
    await show().catch(error => printLine(io.err, paint('red', reasonOf(error), io.err)))
    printLine(io.err, paint('dim', `watching ${files.map(safe).join(', ')}`, io.err))
  }
  const paths = files.map(file => resolve(io.cwd, file))
  for (const path of paths) watchFile(path, { interval: 150 }, again)
  await again()
  if (!stop.aborted) await once(stop, 'abort')
  for (const path of paths) unwatchFile(path, again)
  return 0
}

async function readAll(file: string, io: CommandIo): Promise<Read[]> {
  const all = await readText(file, io)
  if (all.trim() === '') throw new Error(`${file === '-' ? 'Standard input' : file} is empty`)
  const events = readEvents(all)
  if (events.length === 0) throw new Error(`${file === '-' ? 'Standard input' : file} holds no event`)
  return events
}

async function settingsOf(file: string | undefined, io: CommandIo): Promise<Settings> {
  return file === undefined ? defaultSettings : readSettings(file, io.cwd, path => readText(path, io))
}

function callOf(read: Read, settings: Settings): Outcome {
  if ('error' in read) return read
  try {
    const call = transform(read.event, settings)
    const faults = callFaults(call, settings)
    if (faults.length === 0) return { call }
    return { call, faults, isHelpedByAdvanced: isHelpedByAdvanced(read.event, settings) }
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error
    const { code, message, issues } = error
    return { error: { code, message, issues } }
  }
}
