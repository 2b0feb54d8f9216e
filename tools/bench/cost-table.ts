import type { Figure } from './measure.ts'

/** The table of a million events by service and kind of day, in Markdown, from the figures of the part `cost`. */
export function costTable(figures: readonly Figure[]): string {
  const costs = figures.filter(({ name, parts }) => name.startsWith('cost: ') && parts)
  const days = Object.keys(costs[0]?.parts ?? {})
  const rows = costs.map(({ name, value, parts = {} }) => {
    const cells = [...days.map(day => parts[day] ?? 0), value].map(dollars => `$${dollars.toFixed(2)}`)
    return `| ${[name.slice('cost: '.length), ...cells].join(' | ')} |`
  })
  return [`| service | ${days.join(' | ')} | mean |`, `|${'---|'.repeat(days.length + 2)}`, ...rows].join(
    '\n',
  )
}
