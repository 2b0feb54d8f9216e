import { styleText } from 'node:util'
import type { CommandIo, Output } from './command-io.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Returns the inputs and outputs of this process, for the entry points in `tools/bin`. If the reader of standard output
 * closes it (`… | head`), that is an interruption for a command that has asked for `interruption()`: what it holds, such
 * as leased dead letters, must be released. Any other command ends at once, without an error.
 */
export function processIo(): CommandIo {
  let interrupted: AbortController | undefined
  process.stdout.on('error', error => {
    const isClosed = 'code' in error && error.code === 'EPIPE'
    if (isClosed && interrupted) interrupted.abort()
    else process.exit(isClosed ? 0 : 2)
  })
  return {
    out: outputOf(process.stdout),
    err: outputOf(process.stderr),
    input: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    interruption() {
      if (!interrupted) {
        const controller = new AbortController()
        // Later signals have no effect: `npm run` forwards a Ctrl-C that the terminal has sent already.
        for (const signal of signals) process.on(signal, () => controller.abort())
        interrupted = controller
      }
      return interrupted.signal
    },
  }
}

/**
 * Returns a stream as an output. Node decides on colours, from the terminal, `NO_COLOR`, `FORCE_COLOR` and the like.
 */
export function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    write: text => stream.write(text),
    isTerminal: Boolean(stream.isTTY),
    hasColors: styleText('red', 'x', { stream }) !== 'x',
    get columns() {
      return stream.columns || Number.POSITIVE_INFINITY
    },
  }
}
