import type { Call } from '../../lib/index.ts'
import { defaultSettings } from '../../lib/policy.ts'
import { ageOf, type Description, describeDeadLetter } from '../dead-letters/describe.ts'
import { deadLetterById } from '../dead-letters/ids.ts'
import type { Target } from '../dead-letters/targets.ts'
import { faultLines } from '../preview/describe.ts'
import { type CommandIo, type Output, printLine } from '../terminal/command-io.ts'
import { readSettings } from '../terminal/read-settings.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, safe } from '../terminal/terminal.ts'
import { readDeadLetters, warn, withRelay } from './session.ts'

/**
 * Prints one dead letter: its reason, its event with personal data, and the call that the current code makes from it.
 */
export async function show(
  typed: string,
  options: Target & { json?: true | undefined; settings?: string | undefined },
  io: CommandIo,
): Promise<void> {
  const given = options.settings && (await readSettings(options.settings, io.cwd))
  await withRelay(options, io, async session => {
    const { relay } = session
    const settings = given || relay.settings || defaultSettings
    await readDeadLetters(session, async ({ deadLetters }) => {
      const description = describeDeadLetter(deadLetterById(deadLetters, typed), settings, Date.now())
      printLine(io.out, options.json ? safeJson(description) : textOf(description, io.out))
    })
    if (!given && !relay.settings)
      warn(io, "The relay's settings are not known here: the call is made with the default settings.")
  })
}

function textOf(
  { deadLetter, receivedAt, event, body, call, faults = [], isHelpedByAdvanced, problem }: Description,
  out: Output,
) {
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
  const lines = facts.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : `${paint('dim', name.padEnd(9), out)}  ${safe(String(value))}`,
  )
  const content = event === undefined ? ['The body:', safe(body ?? '')] : ['The event:', safeJson(event)]
  return [
    ...lines,
    '',
    paint('bold', content[0] ?? '', out),
    content[1],
    '',
    ...outcomeOf(call, problem, out),
    ...(faults.length > 0 ? ['', ...faultLines(faults, isHelpedByAdvanced, out)] : []),
  ].join('\n')
}

function outcomeOf(call: Call | undefined, problem: string | undefined, out: Output): string[] {
  if (!call)
    return [
      paint('bold', 'The current code makes no call from it:', out),
      paint('red', safe(problem ?? ''), out),
    ]
  if (call.kind === 'skip')
    return [paint('bold', 'The current code sends nothing for it:', out), safe(call.why)]
  const { notes, ...rest } = call
  const lines = notes.map(note => `  ${safe(note.path)}: ${note.did}, ${safe(note.why)}`)
  return [
    paint('bold', 'The current code makes this call from it:', out),
    safeJson(rest),
    ...(lines.length > 0 ? ['', paint('bold', 'Notes:', out), ...lines] : []),
  ]
}
