import { safe } from './terminal.ts'

/** Characters of blanks that indentation may add. Above it the JSON is in one line. */
const maxIndentation = 10_000_000

/**
 * Returns a value as JSON that is safe to print: control, format and bidirectional characters are escaped, as `safe`
 * does it. It is still JSON of the same value. Indented by two blanks a level, unless that would add more than 10 MB
 * (a long list at a great depth), or in one line.
 * @throws RangeError for a value of more than some thousand levels. The webhook accepts 1,000.
 */
export function safeJson(value: unknown, form: 'indented' | 'line' = 'indented'): string {
  const line = JSON.stringify(value) ?? 'null'
  if (form === 'line' || indentationOf(line) > maxIndentation) return safe(line)
  return JSON.stringify(value, null, 2).split('\n').map(safe).join('\n')
}

/** Returns the number of blanks that two blanks a level add to a JSON text in one line. */
function indentationOf(line: string): number {
  let [depth, blanks, isText] = [0, 0, false]
  for (let at = 0; at < line.length; at++) {
    const character = line[at]
    if (isText) {
      if (character === '\\') at++
      else if (character === '"') isText = false
    } else if (character === '"') isText = true
    else if (character === ',') blanks += 2 * depth
    else if (character === '{' || character === '[') blanks += 2 * ++depth
    else if (character === '}' || character === ']') blanks += 2 * --depth
  }
  return blanks
}
