/** A text as JSON, or why it is none and on which line. */
export type Parsed = { value: unknown } | { why: string; line: number }

/** Reads JSON. Never throws. */
export function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { why: messageOf(error), line: faultyLine(text) }
  }
}

/**
 * Some browsers do not say where. The fault is on the first line with which the text so far is not merely unfinished;
 * what is right but ends too soon is at fault on its last line. Each try halves the lines.
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
    // Whole: if more follows, that is the fault.
    return true
  } catch (error) {
    const message = messageOf(error)
    const position = /position (\d+)/.exec(message)?.[1]
    // A string cannot go on in the next line.
    if (/unterminated/i.test(message)) return false
    if (/\bend\b/i.test(message)) return true
    return position !== undefined && Number(position) >= text.trimEnd().length
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'not JSON'
}
