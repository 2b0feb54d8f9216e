import type { DeadLetterMessage } from '../dead-letters/dead-letter-message.ts'
import { shortIdsOf } from '../dead-letters/ids.ts'
import { type Output, printLine } from '../terminal/command-io.ts'
import { paint, safe } from '../terminal/terminal.ts'

/** A dead letter by its short id, with what was not done about it. */
export interface Named {
  id: string
  why: string
}

/** Dead letters that are named for one cause: more are no help on a screen. */
const maxNamed = 20

/** Dead letters with reasons, as a person can type and read them; `all` are those that ids must tell apart. */
export function namesOf(
  all: DeadLetterMessage[],
  notDone: { deadLetter: DeadLetterMessage; why: string }[],
): Named[] {
  const ids = shortIdsOf(all)
  return notDone.map(({ deadLetter, why }) => ({
    id: ids.get(deadLetter.id) ?? deadLetter.id,
    why: safe(why),
  }))
}

/** A line for each cause, with the dead letters that it concerns. */
export function tellCauses(what: string, named: Named[], out: Output): void {
  for (const [why, same] of Map.groupBy(named, one => one.why)) {
    const ids = same.slice(0, maxNamed).map(({ id }) => paint('cyan', id, out))
    const more = same.length > maxNamed ? ` and ${same.length - maxNamed} more (--json names all)` : ''
    printLine(out, `${what}, ${why}: ${ids.join(' ')}${more}`)
  }
}

/**
 * The closing lines: the dead letters that the lists name, by cause, then each count by its name. As JSON the names are
 * camel case and the lists are whole. Gives the exit code: 1 where a list is not empty.
 */
export function closeWith(
  counts: [string, number | Named[]][],
  isJson: boolean | undefined,
  out: Output,
): number {
  const sizes = counts.map(([name, value]) => ({ name, size: Array.isArray(value) ? value.length : value }))
  const lists = counts.flatMap(([name, value]) => (Array.isArray(value) ? [{ name, named: value }] : []))
  if (isJson) {
    const left = lists.flatMap(({ name, named }) => named.map(one => ({ ...one, end: camel(name) })))
    const entries = sizes.map(({ name, size }) => [camel(name), size])
    printLine(out, JSON.stringify({ ...Object.fromEntries(entries), left }, null, 2))
  } else {
    for (const { name, named } of lists) tellCauses(name, named, out)
    printLine(out, sizes.map(({ name, size }) => `${name} ${size}`).join(', '))
  }
  return lists.some(({ named }) => named.length > 0) ? 1 : 0
}

function camel(name: string) {
  return name.replace(/ (.)/g, (_, letter: string) => letter.toUpperCase())
}
