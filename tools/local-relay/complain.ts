import { ConfigError } from '../../lib/errors.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { reasonOf } from '../terminal/command-line.ts'
import { paint, safe } from '../terminal/terminal.ts'

/** Prints why the relay cannot start, or why changed settings are not used. Returns the exit code: 2 for wrong settings. */
export function complain(error: unknown, { err, env }: CommandIo): number {
  if (error instanceof ConfigError) {
    for (const { path, expected, got } of error.issues)
      printLine(err, paint('red', safe(`error: ${path}: expected ${expected}, got ${got}`), err))
    return 2
  }
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const port = env.PORT?.trim() || '8787'
  const text = isTaken ? `port ${port} is in use; choose another: PORT=8788 npm start` : reasonOf(error)
  printLine(err, paint('red', `error: ${text}`, err))
  return 1
}
