/** The value of a JSON text, or why it is not JSON and on which line. */
export type Parsed = { value: unknown } | { why: string; line: number }

/** Parses JSON. Never throws. */
export function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { why: messageOf(error), line: faultyLine(text) }
  }
}

/**
 * Returns the line of the error, because some browsers do not report it. It is the first line up to which the text is
 * wrong, and not only unfinished. If the text only ends too early, it is the last line. This is a binary search.
 */
function faultyLine(text: string): number {
  const lines = text.split('\n')
  let [good, bad] = [0, lines.length]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (isUnfinished(lines.slice(0, middle).join('\n'))) good = middle
    else bad = middle
  }
  return bad
}

function isUnfinished(text: string): boolean {
  try {
    JSON.parse(text)
    // Complete: if more text follows, the error is there.
    return true
  } catch (error) {
    const message = messageOf(error)
    const position = /position (\d+)/.exec(message)?.[1]
    // A string cannot continue on the next line.
    if (/unterminated/i.test(message)) return false
    if (/\bend\b/i.test(message)) return true
    return position !== undefined && Number(position) >= text.trimEnd().length
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'not JSON'
}
