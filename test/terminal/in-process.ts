import { Readable } from 'node:stream'
import type { CommandIo, Output } from '../../tools/terminal/command-io.ts'

/** The main function of a command. */
export type Main = (argv: string[], io: CommandIo) => Promise<number>

/** The inputs of a command in a test. By default nothing is a terminal. */
export interface Surroundings {
  cwd?: string
  env?: Record<string, string>
  /** The content of standard input. */
  input?: string
  /** Standard output and standard error are a terminal of 80 columns without colours. */
  isTerminal?: boolean
  interruption?: AbortSignal
  /** Called with each text that is written to standard output. */
  onOut?(text: string): void
}

/** The exit code and the output of a command. */
export interface Ended {
  code: number
  out: string
  err: string
}

/** Runs a command in this process. */
export async function runInProcess(main: Main, argv: string[], around: Surroundings = {}): Promise<Ended> {
  const written = { out: '', err: '' }
  const { isTerminal = false, cwd = process.cwd(), env = {}, input = '', interruption } = around
  const output = (name: 'out' | 'err'): Output => ({
    write(text) {
      written[name] += String(text)
      if (name === 'out') around.onOut?.(String(text))
    },
    ...{ isTerminal, hasColors: false, columns: isTerminal ? 80 : Number.POSITIVE_INFINITY },
  })
  const code = await main(argv, {
    ...{ out: output('out'), err: output('err'), env, cwd },
    input: Object.assign(Readable.from([input]), { isTTY: isTerminal }),
    interruption: () => interruption ?? new AbortController().signal,
  })
  return { code, ...written }
}
