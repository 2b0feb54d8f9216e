/** Where a command writes: results to `stdout`, progress and errors to `stderr`. */
export interface Io {
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
}
