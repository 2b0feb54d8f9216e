import { shortIdsOf } from '../dead-letters/ids.ts'
import type { Letter } from '../dead-letters/letter.ts'
import { paint, safe } from '../terminal.ts'

/** A letter by its short id, with what was not done about it. */
export interface Named {
  id: string
  why: string
}

/** Lines: more would push the counts off the screen. */
const maxNamed = 50

/** Letters with reasons, as a person can type and read them; `all` are those that ids must tell apart. */
export function namesOf(all: Letter[], notDone: { letter: Letter; why: string }[]): Named[] {
  const ids = shortIdsOf(all)
  return notDone.map(({ letter, why }) => ({ id: ids.get(letter.id) ?? letter.id, why: safe(why) }))
}

/**
 * The closing lines: each count by its name, and the letters that the lists name. As JSON the names are camel case and
 * the lists are whole. A list that is not empty makes the exit code 1.
 */
export function closeWith(counts: [string, number | Named[]][], isJson: boolean | undefined): void {
  const lists = counts.flatMap(([name, value]) =>
    Array.isArray(value) ? value.map(one => ({ name, ...one })) : [],
  )
  if (lists.length > 0) process.exitCode = 1
  if (isJson) {
    const camel = (name: string) => name.replace(/ (.)/g, (_, letter: string) => letter.toUpperCase())
    const entries = counts.map(([name, value]) => [camel(name), Array.isArray(value) ? value.length : value])
    const left = lists.map(({ name, id, why }) => ({ id, end: camel(name), why }))
    console.log(JSON.stringify({ ...Object.fromEntries(entries), left }, null, 2))
    return
  }
  console.log(
    counts.map(([name, value]) => `${name} ${Array.isArray(value) ? value.length : value}`).join(', '),
  )
  for (const { name, id, why } of lists.slice(0, maxNamed))
    console.log(`  ${name} ${paint('cyan', id)}: ${why}`)
  if (lists.length > maxNamed) console.log(`  … and ${lists.length - maxNamed} more (--json names all)`)
}
