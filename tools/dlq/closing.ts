import type { DeadLetterMessage } from '../dead-letters/dead-letter-message.ts'
import { shortIdsOf } from '../dead-letters/ids.ts'
import { type Output, printLine } from '../terminal/command-io.ts'
import { safeJson } from '../terminal/safe-json.ts'
import { paint, safe } from '../terminal/terminal.ts'

/** A dead letter by its short id, with the reason why it was not replayed or deleted. */
export interface Named {
  id: string
  why: string
}

/** The number of dead letters that are listed for one reason. */
const maxNamed = 20

/** Returns dead letters with short ids and printable reasons. The ids are unique among `all` ids. */
export function namesOf(
  all: Iterable<string>,
  notDone: { deadLetter: Pick<DeadLetterMessage, 'id'>; why: string }[],
): Named[] {
  if (notDone.length === 0) return []
  const ids = shortIdsOf(all)
  return notDone.map(({ deadLetter, why }) => ({
    id: ids.get(deadLetter.id) ?? deadLetter.id,
    why: safe(why),
  }))
}

/** Prints one line for each reason, with the ids of its dead letters. */
export function printReasons(what: string, named: Named[], out: Output): void {
  for (const [why, same] of Map.groupBy(named, one => one.why)) {
    const ids = same.slice(0, maxNamed).map(({ id }) => paint('cyan', id, out))
    const more = same.length > maxNamed ? ` and ${same.length - maxNamed} more (--json lists all)` : ''
    printLine(out, `${what}, ${why}: ${ids.join(' ')}${more}`)
  }
}

/**
 * Prints the last lines: the dead letters of each list by reason, then the counts. In JSON the names are in camel case
 * and the lists are complete. Returns the exit code: 1 if a list is not empty.
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
    printLine(out, safeJson({ ...Object.fromEntries(entries), left }))
  } else {
    for (const { name, named } of lists) printReasons(name, named, out)
    printLine(out, sizes.map(({ name, size }) => `${name} ${size}`).join(', '))
  }
  return lists.some(({ named }) => named.length > 0) ? 1 : 0
}

function camel(name: string) {
  return name.replace(/ (.)/g, (_, letter: string) => letter.toUpperCase())
}
