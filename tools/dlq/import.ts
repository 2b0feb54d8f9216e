import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { enqueue, type Sealed } from '../../lib/queue/sqs.ts'
import { deadLetterIn } from '../dead-letters/archive.ts'
import type { Target } from '../dead-letters/targets.ts'
import { type CommandIo, printLine } from '../terminal/command-io.ts'
import { fileFault } from '../terminal/file-fault.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { showLine, warn, withRelay } from './session.ts'

/** Dead letters that are sent in one go. */
const portion = 100

/**
 * Puts the dead letters of an exported file into the dead-letter queue. Lines that are not of an export are named and
 * left out. Returns the exit code: 1 if there were such lines, or it was interrupted.
 */
export async function importDeadLetters(
  file: string,
  options: Target & { json?: true | undefined },
  io: CommandIo,
): Promise<number> {
  return withRelay(options, io, async ({ relay, signal, audit }) => {
    const { sqs, deadLetterQueueUrl } = relay.queues
    let imported = 0
    const badLines: number[] = []
    const send = async (sealed: Sealed[]) => {
      await enqueue(sqs, deadLetterQueueUrl, sealed)
      imported += sealed.length
      showLine(io, `imported ${imported}`)
    }
    try {
      let waiting: Sealed[] = []
      for await (const { line, number } of linesOf(file, io)) {
        if (signal.aborted) break
        const sealed = deadLetterIn(line)
        if (sealed) waiting.push(sealed)
        else badLines.push(number)
        if (waiting.length >= portion) await send(waiting.splice(0))
      }
      await send(waiting)
      waiting = []
    } finally {
      showLine(io, '')
      await audit({ action: 'import', state: 'ended', counts: { imported, badLines: badLines.length } })
    }
    if (badLines.length > 0) warn(io, `not lines of an export, left out: ${badLines.slice(0, 20).join(', ')}`)
    printLine(
      io.out,
      options.json
        ? safeJson({ imported, badLines }, 'line')
        : `imported ${imported}, not imported ${badLines.length}`,
    )
    return signal.aborted || badLines.length > 0 ? 1 : 0
  })
}

async function* linesOf(file: string, { cwd, input }: CommandIo) {
  const handle = file === '-' ? undefined : await open(resolve(cwd, file), 'r').catch(unreadable(file))
  let number = 0
  const lines = createInterface({ input: handle?.createReadStream() ?? input, crlfDelay: Infinity })
  for await (const line of lines) {
    number++
    if (line.trim() !== '') yield { line, number }
  }
}

function unreadable(file: string) {
  return (error: NodeJS.ErrnoException): never => {
    throw new Error(`${file} cannot be read: ${fileFault(error)}`)
  }
}
