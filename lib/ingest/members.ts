import { webhook } from '../policy.ts'

/** One event of a request: its JSON text, not parsed yet, and how deeply its lists and objects are nested. */
export interface Member {
  text: string
  /** 0 for a plain value, 1 for an object of plain values. */
  depth: number
}

/** A body, split into its events. `notJson`: it cannot be split. A member may still turn out not to be JSON. */
export type Members = { kind: 'one' | 'many'; members: Member[] } | { kind: 'tooMany' } | { kind: 'notJson' }

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c]
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Splits a body into its events in one pass, without parsing it. A parsed body of 6 MB (Lambda's limit) can take more
 * memory than the function has. The process would be killed, the sender would get a 5xx and send the body again. So the
 * members are counted and measured first and then parsed one by one. Linear in the text; never throws.
 */
export function membersOf(body: string): Members {
  const text = body.trim()
  const isList = text.charCodeAt(0) === openList
  const members: Member[] = []
  let [start, depth, deepest] = [isList ? 1 : 0, 0, 0]
  const top = isList ? 1 : 0
  const close = (end: number) => {
    members.push({ text: text.slice(start, end), depth: deepest })
    ;[start, deepest] = [end + 1, 0]
  }
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === quote) i = endOfString(text, i)
    else if (unit === openList || unit === openObject) deepest = Math.max(deepest, ++depth - top)
    else if (unit === closeList || unit === closeObject) {
      if (--depth < 0) return { kind: 'notJson' }
      if (isList && depth === 0) {
        if (unit !== closeList || i < text.length - 1) return { kind: 'notJson' }
        close(i)
      }
    } else if (unit === comma && isList && depth === 1) {
      close(i)
      if (members.length === webhook.maxEvents) return { kind: 'tooMany' }
    }
  }
  if (depth !== 0) return { kind: 'notJson' }
  if (!isList) return { kind: 'one', members: [{ text, depth: deepest }] }
  return { kind: 'many', members: members.length === 1 && isBlank(members[0]) ? [] : members }
}

/** The index of the quote that ends the string starting at `start`, or the text's length when there is none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end > 0; end = text.indexOf('"', end + 1)) {
    let escapes = end
    while (text.charCodeAt(escapes - 1) === backslash) escapes--
    if ((end - escapes) % 2 === 0) return end
  }
  return text.length
}

function isBlank(member: Member | undefined): boolean {
  return member?.text.trim() === ''
}
