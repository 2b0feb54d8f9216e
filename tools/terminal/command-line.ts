import { Command, CommanderError } from '@commander-js/extra-typings'
import { type CommandIo, printLine } from './command-io.ts'
import { paint, safe } from './terminal.ts'

/** What `--help` tells of a command. */
export interface CommandHelp {
  /** Its script in `package.json`. */
  name: string
  summary: string
  /** `[command, what it does]` */
  examples: [string, string][]
  /** What each exit code means. */
  exits: Record<number, string>
}

/** The exit code of a command; its action sets it. */
export interface Exit {
  code: number
}

/**
 * A command line with the look that all of ours share: coloured help on a terminal, the nearest right name for a
 * wrong one, examples at the end of `--help`. `runCommand` runs it.
 */
export function commandLine(io: CommandIo, { name, summary, examples, exits }: CommandHelp) {
  const width = Math.max(...examples.map(([command]) => command.length))
  const lines = [
    '',
    'Examples:',
    ...examples.map(([command, does]) => `  ${command.padEnd(width)}  ${does}`),
    '',
    'Exit codes:',
    ...Object.entries(exits).map(([code, means]) => `  ${code}  ${means}`),
  ]
  const red = (text: string) => paint('red', safe(text), io.err)
  const columns = Number.isFinite(io.out.columns) ? io.out.columns : 80
  return new Command(`npm run ${name} --`)
    .description(summary)
    .configureHelp({ styleTitle: text => paint('bold', text, io.out), showGlobalOptions: true })
    .configureOutput({
      writeOut: text => void io.out.write(text),
      writeErr: text => void io.err.write(text),
      getOutHasColors: () => io.out.hasColors,
      getErrHasColors: () => io.err.hasColors,
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
      outputError: (text, write) => write(`${text.trim().split('\n').map(red).join('\n')}\n`),
    })
    .showHelpAfterError(`Try: npm run ${name} -- --help`)
    .exitOverride()
    .addHelpText('after', lines.join('\n'))
}

/**
 * Reads the arguments, runs the command's action, and gives the exit code: the one that the action set in `exit`, or 2
 * for arguments that cannot be read and for whatever the action throws, which is told in one line. Never throws.
 */
export async function runCommand(
  program: { parseAsync(argv: string[], options: { from: 'user' }): Promise<unknown> },
  argv: string[],
  io: CommandIo,
  exit: Exit,
): Promise<number> {
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exit.code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    printLine(io.err, paint('red', `error: ${reasonOf(error)}`, io.err))
    return 2
  }
}

/** What went wrong, in one safe line: the error's own name where it has one, and its message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return safe(String(error))
  const code = 'code' in error ? String(error.code) : 'no reason given'
  const message = error.message || code
  return safe(error.name === 'Error' ? message : `${error.name}: ${message}`)
}
