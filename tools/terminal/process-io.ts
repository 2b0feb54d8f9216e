import { styleText } from 'node:util'
import type { CommandIo, Output } from './command-io.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * The input and output of this process, for the entry points in `tools/bin`. A reader that went away (`… | head`) ends
 * the process quietly.
 */
export function processIo(): CommandIo {
  process.stdout.on('error', error => process.exit('code' in error && error.code === 'EPIPE' ? 0 : 2))
  let interrupted: AbortController | undefined
  return {
    out: outputOf(process.stdout),
    err: outputOf(process.stderr),
    input: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    interruption() {
      if (!interrupted) {
        const controller = new AbortController()
        // Later signals change nothing: `npm run` passes on a Ctrl-C that the terminal has sent already.
        for (const signal of signals) process.on(signal, () => controller.abort())
        interrupted = controller
      }
      return interrupted.signal
    },
  }
}

/** A stream as an output. Colours follow the terminal and `NO_COLOR`, `FORCE_COLOR` and the like, as Node reads them. */
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
