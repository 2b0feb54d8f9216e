const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|\n|[^\s{}[\],:"]+/g

/**
 * Returns the line (from 1) of each key of a JSON text, by its dotted path. List items count from 0.
 * For a text that is not valid JSON it returns the lines it can find. Never throws.
 */
export function linesOf(text: string): Map<string, number> {
  const lines = new Map([['', 1]])
  const open: { path: string; index: number | undefined }[] = []
  let [line, key, path] = [1, '', '']
  for (const [part] of text.matchAll(token)) {
    const inside = open.at(-1)
    const item = inside?.index
    const isList = item !== undefined
    if (part === '\n') line++
    else if (part === '}' || part === ']') open.pop()
    else if (part === ',') key = ''
    else if (part === ':') lines.set(join(inside?.path, key), line)
    else {
      // A value, or a string that is a key if a colon follows.
      path = join(inside?.path, isList ? String(item) : key)
      if (inside && isList) inside.index = item + 1
      if (isList) lines.set(path, line)
      if (part === '{' || part === '[') {
        open.push({ path, index: part === '[' ? 0 : undefined })
        key = ''
      } else if (!isList && key === '' && part.startsWith('"')) key = unquoted(part)
    }
  }
  return lines
}

/** Returns the line of a path; if the path is missing, the line of its nearest parent. */
export function lineOf(lines: Map<string, number>, path: string): number {
  const parts = path.replace(/\[(\d+)\]/g, '.$1').split('.')
  for (let length = parts.length; length > 0; length--) {
    const found = lines.get(parts.slice(0, length).join('.'))
    if (found !== undefined) return found
  }
  return 1
}

function join(path: string | undefined, key: string) {
  return path ? `${path}.${key}` : key
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}
