import { distance } from 'fastest-levenshtein'

/**
 * The name in `names` that was probably meant by `typed`. Undefined when none is similar: at most a third of its
 * letters (but at least two) may differ. Letter case does not count.
 */
export function nearest(typed: string, names: readonly string[]) {
  const ranked = names
    .map(name => ({ name, away: distance(typed.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.away - b.away)
  const best = ranked[0]
  return best && best.away <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined
}
