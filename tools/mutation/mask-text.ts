/** Characters after which a slash begins a regular expression and no division. */
const beforeRegExp = /[(,=:[!&|?{};+\-*%~^<>\n]\s*$|\b(return|typeof|case|in|of)\s*$|^\s*$/

/**
 * JavaScript with every comment, text and regular expression blanked, and all else at its place: `}` of a template's
 * expression included. So a pattern that is found in the result is found in code. Never throws.
 */
export function maskText(source: string): string {
  let masked = ''
  let at = 0
  while (at < source.length) {
    const length = lengthOfText(source, at, masked)
    const piece = source.slice(at, at + Math.max(1, length))
    masked += length > 0 ? piece.replace(/[^\n]/g, ' ') : piece
    at += piece.length
  }
  return masked
}

/** The length of the comment, text or regular expression that begins here; 0 where none does. */
function lengthOfText(source: string, at: number, before: string): number {
  const rest = source.slice(at)
  const [first, second] = rest
  if (first === '/' && second === '/') return rest.search(/\n|$/)
  if (first === '/' && second === '*') return rest.indexOf('*/') + 2
  if (first === "'" || first === '"') return lengthOf(/^(['"])(?:\\.|(?!\1)[^\\\n])*\1/, rest)
  if (first === '`') return lengthOfTemplate(rest)
  if (first === '/' && beforeRegExp.test(before))
    return lengthOf(/^\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+\/\w*/, rest)
  return 0
}

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0
}

/** A template whole, its expressions too: what is inside is rarely worth a mutant. */
function lengthOfTemplate(text: string): number {
  let depth = 0
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text.startsWith('${', at)) depth++
    else if (text[at] === '}' && depth > 0) depth--
    else if (text[at] === '`' && depth === 0) return at + 1
  }
  return text.length
}
