import { Readable } from 'node:stream'
import type { CommandIo, Output } from '../../tools/terminal/command-io.ts'

/** The main function of a command. */
export type Main = (argv: string[], io: CommandIo) => Promise<number>

/** What a test gives to a command; nothing is a terminal unless it says so. */
export interface Surroundings {
  cwd?: string
  env?: Record<string, string>
  /** What standard input holds. */
  input?: string
  /** Standard output and standard error are a terminal of 80 columns without colours. */
  isTerminal?: boolean
  interruption?: AbortSignal
  /** Told of each text that is written to standard output. */
  onOut?(text: string): void
}

/** An exit code and all that was written. */
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
