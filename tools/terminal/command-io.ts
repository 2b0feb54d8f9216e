/** An output of a command: standard output, standard error, or a replacement in a test. */
export interface Output {
  write(text: string | Uint8Array): unknown
  /** Whether it is a terminal. Progress and questions are printed only on a terminal. */
  isTerminal: boolean
  hasColors: boolean
  /** Characters per line; Infinity if it is not a terminal. */
  columns: number
}

/** The inputs and outputs of a command. A command does not use `process` itself. */
export interface CommandIo {
  out: Output
  err: Output
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  env: Record<string, string | undefined>
  /** The working directory: relative paths and the local relay are found in it. */
  cwd: string
  /**
   * Returns an abort signal for the first SIGINT, SIGTERM or SIGHUP, so that a command can finish its current work and
   * clean up. If a command does not call this, such a signal ends the process as usual.
   */
  interruption(): AbortSignal
}

/** Writes a text and a line break. */
export function printLine(output: Output, text: string): void {
  output.write(`${text}\n`)
}
