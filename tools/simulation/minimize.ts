/**
 * A shorter list that still has a property of the whole one: parts are taken away, first large ones, then smaller ones,
 * for as long as `holds` is true of what is left (delta debugging: Zeller and Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", IEEE TSE 2002). `mayTry` ends the search early; the result is then the best so far.
 */
export async function minimize<T>(
  list: readonly T[],
  holds: (part: readonly T[]) => Promise<boolean>,
  mayTry: () => boolean,
): Promise<readonly T[]> {
  let best = list
  for (let size = best.length; size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < best.length; ) {
      if (!mayTry()) return best
      const rest = [...best.slice(0, start), ...best.slice(start + size)]
      if (rest.length < best.length && (await holds(rest))) best = rest
      else start += size
    }
  }
  return best
}
