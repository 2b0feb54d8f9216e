import { maskText } from '../tools/mutation/mask-text.ts'

/**
 * Returns the spreads into the arguments of a call in a TypeScript source, each as `push(...ends`: the last name before
 * the bracket, and what is spread. Spreads into a list or an object and rest parameters are none; the expressions of
 * templates are not read.
 * A call takes some 60,000 to 120,000 arguments; with more it throws a RangeError.
 */
export function callSpreads(source: string): string[] {
  const masked = maskText(source)
  return [...masked.matchAll(/\.\.\./g)].flatMap(({ index }) => {
    const open = openBracketBefore(masked, index)
    const name = /([\w$]+|[)\]])(?:<[^;(){}=]*>)?\s*(?:\?\.)?\s*$/.exec(
      masked.slice(0, Math.max(0, open)),
    )?.[1]
    if (masked[open] !== '(' || name === undefined || keywords.has(name)) return []
    if (isRestParameter(masked, open, index + 3)) return []
    return [`${name}(...${/^[\w$.[\]]*/.exec(source.slice(index + 3))?.[0]}`]
  })
}

const keywords = new Set(['if', 'while', 'for', 'switch', 'return', 'await', 'typeof', 'in', 'of', 'async'])

/** The innermost bracket that is open at `index`. */
function openBracketBefore(masked: string, index: number): number {
  let closed = 0
  for (let at = index - 1; at >= 0; at--) {
    if (')]}'.includes(masked[at] ?? '')) closed++
    else if ('([{'.includes(masked[at] ?? '') && closed-- === 0) return at
  }
  return -1
}

/** Whether a name with dots before it is a parameter: it has a type, or an arrow follows the brackets. */
function isRestParameter(masked: string, open: number, at: number): boolean {
  if (/^[\w$]+\s*:/.test(masked.slice(at))) return true
  let depth = 0
  for (let end = open; end < masked.length; end++) {
    if ('([{'.includes(masked[end] ?? '')) depth++
    else if (')]}'.includes(masked[end] ?? '') && --depth === 0) return /^\s*=>/.test(masked.slice(end + 1))
  }
  return false
}
