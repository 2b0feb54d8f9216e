import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { CommandIo } from './command-io.ts'

/**
 * Reads a secret from standard input: on a terminal one line, without echo, after `question`; else all of it. It is never
 * an argument, which other users of the machine can see. Blanks at both ends are removed. Empty after an interruption.
 */
export async function readSecret(
  { input, err }: Pick<CommandIo, 'input' | 'err'>,
  question: string,
  signal: AbortSignal,
): Promise<string> {
  if (!input.isTTY) return (await text(input)).trim()
  err.write(`${question} `)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input, output: silent, terminal: true })
  const line = await new Promise<string>(resolve => {
    reader.once('line', resolve)
    reader.once('close', () => resolve(''))
    reader.once('SIGINT', () => reader.close())
    signal.addEventListener('abort', () => reader.close(), { once: true })
  })
  reader.close()
  err.write('\n')
  return line.trim()
}
