import { Command, CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings'
import { type CommandIo, printLine } from './command-io.ts'
import { errorSentence } from './error-sentence.ts'
import { type HelpText, helpText } from './help-text.ts'
import { isRunByNpm, swallowedFlags } from './swallowed-flags.ts'
import { paint, safe } from './terminal.ts'

/** The content of a command's `--help`. */
export interface CommandHelp extends HelpText {
  summary: string
}

/** The exit code of a command; its action sets it. */
export interface Exit {
  code: number
}

/**
 * Creates a command line in the common style: coloured help on a terminal, suggestions for misspelt names, and examples
 * and exit codes at the end of every `--help`, that of a subcommand too. `runCommand` runs it.
 */
export function commandLine(io: CommandIo, help: CommandHelp) {
  const red = (text: string) => paint('red', safe(text), io.err)
  const [script = '', ...rest] = help.name.split(' ')
  const relay = io.env.RELAY_COMMAND
  const call = relay ? `${relay} ${help.name}` : `npm run ${[script, '--', ...rest].join(' ')}`
  const columns = Number.isFinite(io.out.columns) ? io.out.columns : 80
  const program = new Command(call)
  return program
    .description(help.summary)
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
    .showHelpAfterError(`Try: ${call} --help`)
    .exitOverride()
    .addHelpText('afterAll', ({ command }) => {
      const subcommand = command.name() === program.name() ? undefined : command.name()
      return helpText(help, relay, {
        subcommand,
        hasJson: command.options.some(({ long }) => long === '--json'),
      })
    })
}

/**
 * Parses the arguments, runs the command's action and returns the exit code: the one that the action set in `exit`, or
 * 2 for invalid arguments or an error of the action, which is printed in one line. Options that npm kept for itself are
 * invalid arguments too. Never throws.
 */
export async function runCommand(
  program: Program & { parseAsync(argv: string[], options: { from: 'user' }): Promise<unknown> },
  argv: string[],
  io: CommandIo,
  exit: Exit,
): Promise<number> {
  try {
    const swallowed = swallowedFlags(optionsOf(program), argv, io.env)
    if (swallowed.length > 0) throw new Error(swallowedSentence(swallowed, io.env.npm_lifecycle_event))
    for (const command of program.commands)
      command.showHelpAfterError(`Try: ${program.name()} ${command.name()} --help`)
    await program.parseAsync(argv, { from: 'user' })
    return exit.code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    for (const line of errorSentence(error).split('\\u000a'))
      printLine(io.err, paint('red', `error: ${line}`, io.err))
    // npm takes `--local` for its own `--local-prefix` and leaves no trace of it.
    const mayBeSwallowed = isRunByNpm(io.env) && !argv.some(argument => argument.startsWith('-'))
    if (mayBeSwallowed) printLine(io.err, swallowedHint(io.env.npm_lifecycle_event))
    return 2
  }
}

/** Returns an error as one line that is safe to print: its name (unless it is `Error`) and its message. */
export function reasonOf(error: unknown): string {
  return errorSentence(error)
}

interface Program {
  name(): string
  readonly options: readonly { long?: string | null | undefined }[]
  readonly commands: readonly CommandUnknownOpts[]
}

function* optionsOf({ options, commands }: Pick<Program, 'options' | 'commands'>): Generator<string> {
  for (const { long } of options) if (long) yield long
  for (const command of commands) yield* optionsOf(command)
}

function swallowedHint(script = 'COMMAND'): string {
  return `If you gave options: npm keeps those without -- before them. Write npm run ${script} -- … --local, or npx relay ${script} … --local`
}

function swallowedSentence(flags: string[], script = 'COMMAND'): string {
  const them = flags.length > 1 ? 'them' : 'it'
  return `npm kept ${flags.join(', ')} for itself. Write -- before ${them}: npm run ${script} -- … ${flags[0]}, or use npx relay ${script} … ${flags[0]}`
}
