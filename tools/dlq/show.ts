import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Call } from '../../lib/index.ts'
import { parseSettings } from '../../lib/settings.ts'
import { ageOf, type Description, describeDeadLetter } from '../dead-letters/describe.ts'
import { deadLetterById } from '../dead-letters/ids.ts'
import type { Target } from '../dead-letters/targets.ts'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { paint, safe, safeJson } from '../terminal/terminal.ts'
import { readDeadLetters } from './session.ts'

/**
 * Shows one dead letter whole: its reason, its event (personal data and all, since it is asked for), and the call that
 * today's code would make of it.
 */
export async function show(
  typed: string,
  options: Target & { json?: true | undefined; settings?: string | undefined },
  io: CommandIo,
): Promise<void> {
  const settings = parseSettings(options.settings ? await readJson(options.settings, io.cwd) : {})
  await readDeadLetters(options, { io, signal: io.interruption() }, async ({ deadLetters }) => {
    const description = describeDeadLetter(deadLetterById(deadLetters, typed), settings, Date.now())
    printLine(io.out, options.json ? JSON.stringify(description, null, 2) : textOf(description, io.out))
  })
}

async function readJson(file: string, cwd: string): Promise<unknown> {
  const text = await readFile(resolve(cwd, file), 'utf8')
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${file} is not JSON`)
  }
}

function textOf({ deadLetter, receivedAt, event, body, call, problem }: Description, out: Output) {
  const facts: [string, string | number | undefined][] = [
    ['id', deadLetter.id],
    ['code', deadLetter.code],
    ['status', deadLetter.status],
    ['reason', deadLetter.reason],
    ['failed', `${deadLetter.failedAt}, ${ageOf(deadLetter.ageSeconds)} ago`],
    ['attempts', deadLetter.attempts],
    ['received', receivedAt],
    ['event', [deadLetter.eventType, deadLetter.eventName].filter(Boolean).join(' ')],
    ['messageId', deadLetter.eventId],
    ['relay', deadLetter.version],
    ['replays', deadLetter.replays],
  ]
  const told = facts.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : `${paint('dim', name.padEnd(9), out)}  ${safe(String(value))}`,
  )
  const content = event === undefined ? ['The body:', safe(body ?? '')] : ['The event:', safeJson(event)]
  return [
    ...told,
    '',
    paint('bold', content[0] ?? '', out),
    content[1],
    '',
    ...outcomeOf(call, problem, out),
  ].join('\n')
}

function outcomeOf(call: Call | undefined, problem: string | undefined, out: Output): string[] {
  if (!call)
    return [paint('bold', "Today's code makes no call of it:", out), paint('red', safe(problem ?? ''), out)]
  if (call.kind === 'skip') return [paint('bold', "Today's code sends nothing for it:", out), safe(call.why)]
  const { notes, ...rest } = call
  const told = notes.map(note => `  ${safe(note.path)}: ${note.did}, ${safe(note.why)}`)
  return [
    paint('bold', "Today's code makes this call of it:", out),
    safeJson(rest),
    ...(told.length > 0 ? ['', paint('bold', 'Notes:', out), ...told] : []),
  ]
}
