/**
 * Whether a JSON value is nested deeper than so many levels; a scalar has none.
 * It looks no further than that, so no depth can overflow the stack.
 */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(part => isDeeper(part, levels - 1))
}
