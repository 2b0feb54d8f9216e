import { globSync } from 'node:fs'
import { join, sep } from 'node:path'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { type CommandHelp, commandLine, runCommand } from '../terminal/command-line.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, progress, safe } from '../terminal/terminal.ts'
import { type Result, testMutants } from './test-mutants.ts'

const help: CommandHelp = {
  name: 'mutate',
  summary:
    'Breaks files of lib in small ways, one at a time, and says which faults no unit test finds. Minutes for a file.',
  examples: [
    ['npm run mutate -- lib/worker/decide.ts', 'every mutant of a file'],
    ['npm run mutate -- lib/kustomer lib/queue/sqs.ts --json', 'of a folder and a file, as JSON'],
  ],
  exits: { 0: 'every mutant was killed', 1: 'a mutant survived', 2: 'it could not run' },
}

/** Runs `npm run mutate`: tests the mutants of the files or folders that are named. Gives the exit code. */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  const exit = { code: 0 }
  const program = commandLine(io, help)
    .argument('<files...>', 'files or folders of lib')
    .option('--json', 'the results as JSON')
    .action(async (given, { json }) => {
      const results: Result[] = []
      for (const file of filesIn(io.cwd, given))
        for (const result of await testFile(file, io)) results.push(result)
      if (json) printLine(io.out, safeJson(results, 'line'))
      else report(results, io.out)
      exit.code = results.every(({ isKilled }) => isKilled) ? 0 : 1
    })
  return runCommand(program, argv, io, exit)
}

function filesIn(cwd: string, given: string[]): string[] {
  const found = given.flatMap(path => globSync([path, `${path}/**/*.ts`], { cwd }))
  const files = found.map(path => path.replaceAll(sep, '/')).filter(path => path.endsWith('.ts'))
  const other = files.find(path => !path.startsWith('lib/'))
  if (other ?? files.length === 0)
    throw new Error(`${other ?? given.join(' ')}: name files or folders of lib`)
  return files
}

async function testFile(file: string, io: CommandIo): Promise<Result[]> {
  printLine(io.err, paint('dim', join(file), io.err))
  let [done, survived] = [0, 0]
  const bar = progress(0, 'mutants', io.err)
  const results = await testMutants(io.cwd, file, result => {
    survived += Number(!result.isKilled)
    bar.update(++done)
    if (!io.err.isTerminal && done % 20 === 0) printLine(io.err, `${done} mutants, ${survived} survived`)
  })
  bar.close()
  return results
}

function report(results: Result[], out: Output) {
  for (const { file, line, from, to } of results.filter(({ isKilled }) => !isKilled)) {
    const change = `${safe(from)} ${paint('dim', '→', out)} ${safe(to) || paint('dim', '(removed)', out)}`
    printLine(out, `${paint('red', 'survived', out)}  ${file}:${line}  ${change}`)
  }
  const killed = results.filter(({ isKilled }) => isKilled).length
  const score = results.length === 0 ? 100 : (100 * killed) / results.length
  printLine(out, `${killed} of ${results.length} mutants killed: ${score.toFixed(1)} %`)
}
