/** Where a command writes: standard output or standard error, or what takes their place in a test. */
export interface Output {
  write(text: string | Uint8Array): unknown
  /** Whether a person sees at once what is written: progress and questions are only for them. */
  isTerminal: boolean
  hasColors: boolean
  /** Characters in a line; Infinity where it is no terminal. */
  columns: number
}

/** All that a command knows of the process that it runs in. A command uses nothing else of `process`. */
export interface CommandIo {
  out: Output
  err: Output
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  env: Record<string, string | undefined>
  /** The folder that relative paths and the local relay are looked for in. */
  cwd: string
  /**
   * A signal that is aborted at the first SIGINT, SIGTERM or SIGHUP, so that a command can finish what it has in hand
   * and clean up. Without a call of this, such a signal ends the process as usual.
   */
  interruption(): AbortSignal
}

/** Writes one line, or several. */
export function printLine(output: Output, text: string): void {
  output.write(`${text}\n`)
}
