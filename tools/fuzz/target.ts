import type fc from 'fast-check'

/** A part of the relay that takes input of strangers, with hostile cases for it and the check of one case. */
export interface Target<Case = unknown> {
  name: string
  /** What holds for every case. */
  sentence: string
  /** Cases are JSON values, so that each can be kept as a file. */
  cases: fc.Arbitrary<Case>
  /** Runs one case. Throws, or rejects, with a sentence when something does not hold. */
  check(input: Case): void | Promise<void>
}

/** Thrown by a check, with the sentence that does not hold and what was seen. */
export class FuzzFault extends Error {
  override readonly name = 'FuzzFault'
}

/** Throws a `FuzzFault` with this sentence unless `holds`. `seen` is added as JSON, cut to 500 characters. */
export function must(holds: boolean, sentence: string, seen?: unknown): asserts holds {
  if (!holds) throw new FuzzFault(seen === undefined ? sentence : `${sentence}: ${shown(seen)}`)
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 500)
}
