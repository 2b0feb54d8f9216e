import { jsonLanguage } from '@codemirror/lang-json'

type Tree = ReturnType<typeof jsonLanguage.parser.parse>
type Node = Tree['topNode']

/** The value of a JSON text, or why it is not JSON and on which line. */
export type Parsed = { value: unknown } | { why: string; line: number }

/** Parses JSON. Never throws. */
export function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { why: error instanceof Error ? error.message : 'not JSON', line: faultyLine(text) }
  }
}

/** Browsers do not always say where the error is, so the line is that of the first error in the editor's syntax tree. */
function faultyLine(text: string): number {
  let at = text.length
  jsonLanguage.parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) at = Math.min(at, node.from)
    },
  })
  return lineAt(text, at)
}

/**
 * Parses a text once, and returns a function from a path such as `properties.items[0].price` or `items.0.price` to its
 * line (from 1); if the path is missing, to the line of its nearest parent. Never throws, also if the text is not JSON.
 */
export function linesOf(text: string): (path: string) => number {
  const root = jsonLanguage.parser.parse(text).topNode.firstChild
  return path => {
    if (!root || path === '') return 1
    return lineAt(text, nearest(text, root, path.replace(/\[(\d+)\]/g, '.$1')).from)
  }
}

function nearest(text: string, value: Node, path: string): Node {
  for (const [name, node, inside] of membersOf(text, value)) {
    if (name === path) return node
    if (name !== '' && path.startsWith(`${name}.`))
      return nearest(text, inside ?? node, path.slice(name.length + 1))
  }
  return value.parent?.name === 'Property' ? value.parent : value
}

/** The members of an object or a list: the name, the node of the member, and the node of its value. */
function* membersOf(text: string, value: Node): Generator<[name: string, node: Node, inside: Node | null]> {
  let index = 0
  for (let node = value.firstChild; node; node = node.nextSibling) {
    if (value.name === 'Object' && node.name === 'Property') {
      const key = node.firstChild
      yield [key ? unquoted(text.slice(key.from, key.to)) : '', node, node.lastChild]
    } else if (value.name === 'Array' && !/^[[\],⚠]$/.test(node.name)) yield [String(index++), node, node]
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}
