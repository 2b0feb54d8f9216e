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

/** The Levenshtein distance, computed row by row. */
function distance(a: string, b: string) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, at(row, j) + 1, at(next, j - 1) + 1))
    }
    row = next
  }
  return at(row, b.length)
}

function at(row: number[], index: number) {
  return row[index] ?? Number.POSITIVE_INFINITY
}
