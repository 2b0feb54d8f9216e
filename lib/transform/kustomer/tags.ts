import { leaveOut, note } from '../note.ts'
import { cut } from '../text/cut.ts'
import { stripDiacritics } from '../text/strip-diacritics.ts'
import type { Fit } from './fits.ts'
import { limits } from './limits.ts'

const plain = /^[A-Za-z0-9_/<>.-](?:[A-Za-z0-9_/<>. -]{0,62}[A-Za-z0-9_/<>.-])?$/
/**
 * UTF-16 units of a tag that are read, marks not counted: far more than are sent, since some characters are dropped.
 */
const maxRead = 1_024
const invalid = /[^A-Za-z0-9_/<>. -]/gu

/** At most 20 tags in Kustomer's characters, each once. */
export const tags: Fit<(string | undefined)[], string[]> = (given, path, notes) => {
  const kept = new Set<string>()
  for (let index = 0; index < given.length; index++) {
    const tag = given[index]
    if (tag === undefined) continue
    const fitted = fitTag(tag)
    if (fitted === '') leaveOut(notes, `${path}.${index}`, 'no character that Kustomer takes')
    else if (kept.has(fitted)) leaveOut(notes, `${path}.${index}`, 'the same as a tag before it')
    else if (kept.size === limits.tags)
      leaveOut(notes, `${path}.${index}`, `Kustomer takes ${limits.tags} tags`)
    else {
      if (fitted !== tag) note(notes, `${path}.${index}`, 'converted', 'to Kustomer’s characters, 64 at most')
      kept.add(fitted)
    }
  }
  return kept.size > 0 ? [...kept] : undefined
}

/** A tag in letters, digits, `_ / < > - .` and blanks inside, cut to 64 units. Empty if nothing is left. */
export function fitTag(tag: string): string {
  if (plain.test(tag)) return tag
  return cut(stripDiacritics(tag, maxRead).replace(invalid, '-'), limits.tagLength).trim()
}
