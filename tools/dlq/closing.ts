import type { DeadLetterMessage } from '../dead-letters/dead-letter-message.ts'
import { shortIdsOf } from '../dead-letters/ids.ts'
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
export function tellCauses(what: string, named: Named[]): void {
  for (const [why, same] of Map.groupBy(named, one => one.why)) {
    const ids = same.slice(0, maxNamed).map(({ id }) => paint('cyan', id))
    const more = same.length > maxNamed ? ` and ${same.length - maxNamed} more (--json names all)` : ''
    console.log(`${what}, ${why}: ${ids.join(' ')}${more}`)
  }
}

/**
 * The closing lines: the dead letters that the lists name, by cause, then each count by its name. As JSON the names are
 * camel case and the lists are whole. A list that is not empty makes the exit code 1.
 */
export function closeWith(counts: [string, number | Named[]][], isJson: boolean | undefined): void {
  const sizes = counts.map(([name, value]) => ({ name, size: Array.isArray(value) ? value.length : value }))
  const lists = counts.flatMap(([name, value]) => (Array.isArray(value) ? [{ name, named: value }] : []))
  if (lists.some(({ named }) => named.length > 0)) process.exitCode = 1
  if (isJson) {
    const left = lists.flatMap(({ name, named }) => named.map(one => ({ ...one, end: camel(name) })))
    const entries = sizes.map(({ name, size }) => [camel(name), size])
    console.log(JSON.stringify({ ...Object.fromEntries(entries), left }, null, 2))
    return
  }
  for (const { name, named } of lists) tellCauses(name, named)
  console.log(sizes.map(({ name, size }) => `${name} ${size}`).join(', '))
}

function camel(name: string) {
  return name.replace(/ (.)/g, (_, deadLetter: string) => deadLetter.toUpperCase())
}
