import type { CommandIo } from '../terminal/command-io.ts'
import { commandLine, runCommand } from '../terminal/command-line.ts'

/**
 * Runs a smoke test as a command that has `--help` and no options. `smoke` throws if a check fails.
 * Returns the exit code: 0, or 2 for wrong arguments or a failed check, which is printed. Never throws.
 */
export async function runSmoke(
  argv: string[],
  io: CommandIo,
  { name, summary }: { name: string; summary: string },
  smoke: () => Promise<void>,
): Promise<number> {
  const program = commandLine(io, {
    ...{ name, summary },
    examples: [[`npm run ${name}`, 'one line for each step']],
    exits: { 0: 'every step passed, or the last line says what is missing here', 2: 'a step failed' },
  }).action(smoke)
  return runCommand(program, argv, io, { code: 0 })
}
