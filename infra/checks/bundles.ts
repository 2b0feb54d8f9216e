/**
 * What is loaded at start is paid at every cold start: the bundles that are larger than their budgets, a sentence each.
 * Both in bytes, by the function's name; a function without a budget is over it.
 */
export function withinBudget(sizes: Record<string, number>, budgets: Record<string, number>) {
  return Object.entries(sizes)
    .filter(([name, size]) => !(size <= (budgets[name] ?? 0)))
    .map(([name, size]) => `${name}: ${size} bytes are more than ${budgets[name] ?? 0}`)
}
