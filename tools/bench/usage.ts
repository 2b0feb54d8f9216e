/** Amounts by name. */
export type Usage = Record<string, number>

/** Adds the amounts of `more` to `usage`. Changes `usage`. */
export function addUsage(usage: Usage, more: Readonly<Partial<Usage>>): void {
  for (const [name, amount = 0] of Object.entries(more)) usage[name] = (usage[name] ?? 0) + amount
}

/** The amounts of `usage` without those of `before`. */
export function usageSince(usage: Readonly<Usage>, before: Readonly<Usage>): Usage {
  return Object.fromEntries(
    Object.entries(usage).map(([name, amount]) => [name, amount - (before[name] ?? 0)]),
  )
}

/** The sum of all amounts. */
export function totalOf(usage: Readonly<Usage>): number {
  return Object.values(usage).reduce((sum, amount) => sum + amount, 0)
}
