import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { whole } from '../terminal/numbers.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, table } from '../terminal/terminal.ts'
import { hasReturned, holds, type LoadResult, soakLoad } from './soak-load.ts'

const help: CommandHelp = {
  name: 'soak:load',
  summary:
    'Attacks a local relay with large and wrong requests on many connections, while a right client sends events. Checks that it is always answered, that no process ends, and that the memory returns.',
  examples: [
    ['npm run soak:load', '200 connections for 30 s'],
    ['npm run -s soak:load -- --seconds 10 --connections 50 --json', 'a smaller one, as JSON'],
  ],
  exits: { 0: 'everything held', 1: 'something did not hold', 2: 'it could not run' },
}

/** Runs `npm run soak:load`. Returns the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
    .option('--seconds <n>', 'seconds that the attack lasts', whole(1, 9_999), 30)
    .option('--connections <n>', 'how many connections it has', whole(1, 9_999), 200)
    .option('--json', 'the result as JSON')
    .action(async ({ seconds, connections, json }) => {
      const result = await soakLoad(seconds, connections)
      printLine(io.out, json ? safeJson(result) : textOf(result, io.out))
      exit.code = holds(result) ? 0 : 1
    })
  return runCommand(program, argv, io, exit)
}

function textOf(result: LoadResult, out: Output): string {
  const { wrong, right, undelivered, died, memory } = result
  const columns = ['process', 'MB before', 'most', 'after'].map(title => ({ title, isRight: true }))
  const rows = memory.map(one => [
    `${one.pid}${hasReturned(one) ? '' : ' !'}`,
    ...[one.before, one.most, one.after].map(mb => mb.toFixed(0)),
  ])
  const counts = Object.entries(wrong).toSorted(([, a], [, b]) => b - a)
  return [
    holds(result) ? paint('green', 'everything held', out) : paint('red', 'something did not hold', out),
    `wrong requests: ${counts.map(([name, count]) => `${name} × ${count}`).join(', ')}`,
    `right requests: ${right.requests}, not accepted ${right.notAccepted.length} ${[...new Set(right.notAccepted)].join(' ')}`,
    `their answers: median ${right.medianMs.toFixed(0)} ms, longest ${right.longestMs.toFixed(0)} ms`,
    `events accepted and not delivered: ${undelivered}; processes that ended: ${died.length}`,
    table(columns, rows, out),
  ].join('\n')
}
