/**
 * `base`, or the first of `numbered(2)`, `numbered(3)` … that is not a key of `taken`. `lastNumbers` holds the last
 * number of each base, so that the search goes on from there and many equal bases stay cheap.
 */
export function freeName(
  base: string,
  numbered: (n: number) => string,
  taken: object,
  lastNumbers: Map<string, number>,
): string {
  if (!Object.hasOwn(taken, base)) return base
  let n = (lastNumbers.get(base) ?? 1) + 1
  while (Object.hasOwn(taken, numbered(n))) n++
  lastNumbers.set(base, n)
  return numbered(n)
}
