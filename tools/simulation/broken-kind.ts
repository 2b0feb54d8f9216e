import type { Broken } from './properties/check-properties.ts'

/** What two runs have in common that break the same thing for different events, customers and people. */
export function brokenKind({ property, detail }: Pick<Broken, 'property' | 'detail'>): string {
  const what = detail
    .replace(/ in \{.*$/s, '')
    .replace(/(\bm\d+[ ,]*)+/g, 'M ')
    .replace(/\b[0-9a-f]{24,}\b/g, 'ID')
    .replace(/\b(name|plan) .* became .*$/s, 'X became Y')
    .replace(/qzx[^,;]*|\+1555\d+/gi, 'P')
    .replace(/P(, P)+/g, 'P')
    .replace(/\d+(\.\d+)?/g, 'N')
    .replace(/\s+/g, ' ')
    .trim()
  return `${property}: ${what.slice(0, 100)}`
}
