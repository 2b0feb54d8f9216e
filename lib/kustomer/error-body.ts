/** What Kustomer said of a request that it refused. Both of its error shapes are read; neither is trusted. */
export interface KustomerError {
  /** Its own words, without values: the sender's texts, quoted strings, addresses and long numbers are replaced. */
  words: string
  /** The attributes that it names, such as `emails`. */
  parameters: string[]
  isDuplicate: boolean
}

interface ErrorItem {
  code?: unknown
  title?: unknown
  detail?: unknown
  message?: unknown
  source?: { parameter?: unknown }
}

const maxWords = 256
/** Characters of all errors that are read for their words: looking for what to replace takes the square of it. */
const maxRead = 4_096

/**
 * Reads an error answer. `sent` is the body of the request: no text of it survives in `words`, which go into logs and
 * dead letters. At most 256 characters. Never throws.
 */
export function readKustomerError(body: unknown, sent: unknown): KustomerError {
  const errors = (body as { errors?: unknown } | undefined)?.errors
  const items = (Array.isArray(errors) ? errors : []).filter(
    e => typeof e === 'object' && e !== null,
  ) as ErrorItem[]
  const parts = items.map(item =>
    [item.code, item.title, item.message, item.source?.parameter, item.detail].filter(isWord).join(' '),
  )
  return {
    words: redact(withinReason(parts).join('; '), textsOf(sent)).slice(0, maxWords).toWellFormed(),
    parameters: items.map(item => item.source?.parameter).filter(isWord),
    isDuplicate: parts.some(text => /duplicate/i.test(text)),
  }
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** The first errors, each whole: half of one may end in half of a value, which nobody would recognize. */
function withinReason(parts: string[]): string[] {
  let left = maxRead
  return parts.filter(part => {
    left -= part.length
    return left >= 0
  })
}

function redact(text: string, secrets: string[]): string {
  const known = secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
  return known
    .replace(/"[^"]*"/g, '"…"')
    .replace(/[^\s"'<>]+@[^\s"'<>]+/g, '…')
    .replace(/\+?\d[\d\s().-]{5,}\d/g, '…')
}

/** Every text of two characters and more in what was sent, longest first, found without recursion. */
function textsOf(sent: unknown): string[] {
  const texts = new Set<string>()
  const open = [sent]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string' && value.length > 1) texts.add(value)
    else if (typeof value === 'object' && value !== null)
      for (const item of Object.values(value)) open.push(item)
  }
  return [...texts].sort((a, b) => b.length - a.length)
}
