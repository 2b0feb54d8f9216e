import { jsonLanguage } from '@codemirror/lang-json'
import { Text } from '@codemirror/state'

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
  return lineFinder(text)(at)
}

/** A member of an object or a list: its node, and the node of its value. */
interface Member {
  node: Node
  inside: Node
}

/** Names of members have few dots; a path is cut into so many parts at most. */
const maxParts = 50

/**
 * Parses a text once, and returns a function from a path such as `properties.items[0].price` or `items.0.price` to its
 * line (from 1); if the path is missing, to the line of its nearest parent. Never throws, also if the text is not JSON.
 */
export function linesOf(text: string): (path: string) => number {
  const root = jsonLanguage.parser.parse(text).topNode.firstChild
  const lineAt = lineFinder(text)
  const known = new Map<number, Map<string, Member>>()
  const membersAt = (value: Node) => {
    const members = known.get(value.from) ?? new Map(membersOf(text, value))
    known.set(value.from, members)
    return members
  }
  const nearest = (value: Node, path: string): Node => {
    for (const [name, rest] of splits(path)) {
      const member = membersAt(value).get(name)
      if (member) return rest === '' ? member.node : nearest(member.inside, rest)
    }
    return value.parent?.name === 'Property' ? value.parent : value
  }
  return path => (root && path !== '' ? lineAt(nearest(root, path.replace(/\[(\d+)\]/g, '.$1')).from) : 1)
}

/** The ways to read a path as a name and the rest: a name may have dots. The shortest name comes first. */
function* splits(path: string): Generator<[name: string, rest: string]> {
  for (let dot = path.indexOf('.'), n = 0; dot !== -1 && n < maxParts; dot = path.indexOf('.', dot + 1), n++)
    yield [path.slice(0, dot), path.slice(dot + 1)]
  yield [path, '']
}

/** The members of an object or a list by their names. */
function* membersOf(text: string, value: Node): Generator<[name: string, member: Member]> {
  let index = 0
  for (let node = value.firstChild; node; node = node.nextSibling) {
    if (value.name === 'Object' && node.name === 'Property') {
      const key = node.firstChild
      yield [key ? unquoted(text.slice(key.from, key.to)) : '', { node, inside: node.lastChild ?? node }]
    } else if (value.name === 'Array' && !/^[[\],⚠]$/.test(node.name))
      yield [String(index++), { node, inside: node }]
  }
}

/** Returns a function from a position in a text to its line (from 1). */
function lineFinder(text: string): (position: number) => number {
  const doc = Text.of(text.split('\n'))
  return position => doc.lineAt(position).number
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}
