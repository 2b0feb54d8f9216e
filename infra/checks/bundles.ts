/**
 * Returns a message for each bundle that is larger than its budget, since a larger bundle makes every cold start
 * slower. Sizes and budgets are in bytes, by the function's name; a function without a budget is always over it.
 */
export function withinBudget(sizes: Record<string, number>, budgets: Record<string, number>) {
  return Object.entries(sizes)
    .filter(([name, size]) => !(size <= (budgets[name] ?? 0)))
    .map(([name, size]) => `${name}: ${size} bytes are more than ${budgets[name] ?? 0}`)
}
