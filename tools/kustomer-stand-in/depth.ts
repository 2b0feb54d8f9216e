/**
 * Whether a JSON value is nested deeper than `levels`; a scalar has no level.
 * It stops at that level, so a deep value cannot overflow the stack.
 */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(part => isDeeper(part, levels - 1))
}
