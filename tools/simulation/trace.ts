/** One thing that happened: when (epoch ms), to whom, what, and fields of its own. */
export interface TraceLine {
  at: number
  who: string
  what: string
  [field: string]: unknown
}

/** What happened in one run, in order. Two runs of the same seed have equal traces. */
export interface Trace {
  add(line: TraceLine): void
  lines(): readonly TraceLine[]
}

/** A trace in memory. It keeps the lines as they are given: whoever adds one must not change it afterwards. */
export function createTrace(): Trace {
  const lines: TraceLine[] = []
  return { add: line => void lines.push(line), lines: () => lines }
}

/** A line as text: seconds since `startMs`, who, what, and the fields as `name=value`. */
export function formatTraceLine({ at, who, what, ...fields }: TraceLine, startMs: number): string {
  const seconds = ((at - startMs) / 1000).toFixed(3).padStart(11)
  const rest = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return `${seconds}  ${who.padEnd(12)} ${what}${rest.join('')}`
}
