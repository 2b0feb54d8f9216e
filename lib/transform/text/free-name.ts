/**
 * `base`, or the first of its numbered forms (`numbered(2)`, `numbered(3)` …) that is no key of `taken`. A base goes on
 * from the last number that it was given, so many equal bases cost no more than as many different ones.
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
