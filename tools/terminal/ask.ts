import { createInterface } from 'node:readline'
import type { CommandIo } from './command-io.ts'
import { paint } from './terminal.ts'

type AskIo = Pick<CommandIo, 'input' | 'err'>

/** Whether a question can be asked: input and standard error are a terminal. */
export function mayAsk({ input, err }: AskIo): boolean {
  return Boolean(input.isTTY) && err.isTerminal
}

/**
 * Asks a question on standard error. Resolves to true only for `y` or `yes`. The end of the input and an abort of
 * `signal` (Ctrl-C) count as no. Never throws.
 */
export function ask({ input, err }: AskIo, question: string, signal: AbortSignal): Promise<boolean> {
  const reader = createInterface({ input, terminal: false })
  return new Promise<boolean>(resolve => {
    const end = () => reader.close()
    reader.on('close', () => resolve(false))
    signal.addEventListener('abort', end, { once: true })
    err.write(`${question} ${paint('dim', '[y/N]', err)} `)
    reader.once('line', answer => {
      resolve(/^y(es)?$/i.test(answer.trim()))
      reader.close()
    })
  })
}
