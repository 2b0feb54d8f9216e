import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRelay } from '../local-relay/start-relay.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { whole } from '../terminal/numbers.ts'
import { paint } from '../terminal/terminal.ts'
import { findBrowser } from './find-browser.ts'
import { type LoadResult, runLoad } from './run-load.ts'

const help: CommandHelp = {
  name: 'console:load',
  summary:
    'Sends many events through a local relay while the console is open in a browser, and measures the page. Needs Chromium and a quiet machine.',
  examples: [
    ['npm run console:load', '5,000 events'],
    ['npm run console:load -- --events 20000', 'more of them'],
  ],
  exits: { 0: 'within the bars', 1: 'a bar was missed', 2: 'could not run' },
}

/** The bars: milliseconds of the longest task of the page, and MB of the page's and of the relay's memory. */
const bars = { longestTaskMs: 200, pageMb: 150, relayMb: 600 }

/** Runs `npm run console:load`. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
    .option('--events <n>', 'how many events', whole(1, 999_999), 5_000)
    .action(async ({ events }) => {
      const executablePath = findBrowser()
      if (!executablePath) throw new Error('There is no Chromium here: set CHROMIUM_PATH')
      const result = await measure(executablePath, events)
      exit.code = report(result, io)
    })
  return runCommand(program, argv, io, exit)
}

async function measure(executablePath: string, events: number): Promise<LoadResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'relay-load-'))
  const relay = await startRelay({
    port: 0,
    dataDir,
    requestsPerMinute: 600_000,
    share: 1,
    workerConcurrency: 2,
  })
  try {
    return await runLoad(relay, executablePath, events)
  } finally {
    await relay.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function report({ seconds, rows, longTasksMs, pageMb, relayMb }: LoadResult, { out }: CommandIo): number {
  const longest = longTasksMs.reduce((longest, ms) => Math.max(longest, ms), 0)
  const lines: [text: string, isFine: boolean][] = [
    [`${rows.toLocaleString('en')} events in the list, after ${seconds.toFixed(1)} s`, true],
    [
      `longest task of the page ${Math.round(longest)} ms (bar ${bars.longestTaskMs})`,
      longest <= bars.longestTaskMs,
    ],
    [`tasks over 50 ms: ${longTasksMs.length}`, true],
    [`memory of the page ${Math.round(pageMb)} MB (bar ${bars.pageMb})`, pageMb <= bars.pageMb],
    [`memory of the relay ${Math.round(relayMb)} MB (bar ${bars.relayMb})`, relayMb <= bars.relayMb],
  ]
  for (const [text, isFine] of lines)
    printLine(out, `${paint(isFine ? 'green' : 'red', isFine ? '✔' : '✘', out)} ${text}`)
  return lines.every(([, isFine]) => isFine) ? 0 : 1
}
