import { Command } from '@commander-js/extra-typings'
import { paint, safe } from './terminal.ts'

/**
 * A command line with the look that all of ours share: coloured help on a terminal, the nearest right name for a
 * wrong one, examples at the end of `--help`, exit code 2 for arguments that cannot be read.
 * `examples`: `[command, what it does]`; `exits`: what each exit code means.
 */
export function commandLine(
  name: string,
  summary: string,
  examples: [string, string][],
  exits: Record<number, string>,
) {
  const width = Math.max(...examples.map(([command]) => command.length))
  const lines = [
    '',
    'Examples:',
    ...examples.map(([command, does]) => `  ${command.padEnd(width)}  ${does}`),
    '',
    'Exit codes:',
    ...Object.entries(exits).map(([code, means]) => `  ${code}  ${means}`),
  ]
  const red = (text: string) => paint('red', safe(text), process.stderr)
  return new Command(`npm run ${name} --`)
    .description(summary)
    .configureHelp({ styleTitle: text => paint('bold', text), showGlobalOptions: true })
    .configureOutput({
      outputError: (text, write) => write(`${text.trim().split('\n').map(red).join('\n')}\n`),
    })
    .showHelpAfterError(`Try: npm run ${name} -- --help`)
    .exitOverride(error => process.exit(error.exitCode === 0 ? 0 : 2))
    .addHelpText('after', lines.join('\n'))
}

/**
 * Reads the arguments and runs the command; whatever it throws is told in one line, and the exit code is 2.
 * A reader that went away (`… | head`) ends the program quietly.
 */
export async function run(program: { parseAsync(): Promise<unknown> }): Promise<void> {
  process.stdout.on('error', error => process.exit('code' in error && error.code === 'EPIPE' ? 0 : 2))
  try {
    await program.parseAsync()
  } catch (error) {
    console.error(paint('red', `error: ${reasonOf(error)}`, process.stderr))
    process.exitCode = 2
  }
}

/** What went wrong, in one safe line: the error's own name where it has one, and its message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return safe(String(error))
  const code = 'code' in error ? String(error.code) : 'no reason given'
  const message = error.message || code
  return safe(error.name === 'Error' ? message : `${error.name}: ${message}`)
}

/**
 * Aborted at the first SIGINT or SIGTERM, so that a command can finish what it has in hand and clean up.
 * Later ones change nothing: `npm run` passes on a Ctrl-C that the terminal has sent already.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort())
  return controller.signal
}
