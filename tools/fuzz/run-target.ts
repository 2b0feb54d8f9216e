import fc from 'fast-check'
import type { Target } from './target.ts'

/** How many cases to try and from which seed. The same seed tries the same cases. */
export interface FuzzOptions {
  runs: number
  seed: number
}

/** The smallest case found that breaks a target, and what does not hold. */
export interface Finding {
  input: unknown
  fault: string
  /** The number of the case that broke it first, from 1. */
  run: number
}

/** Tries hostile cases on a target. Resolves to the first finding, made as small as possible, or to undefined. */
export async function runTarget(target: Target, { runs, seed }: FuzzOptions): Promise<Finding | undefined> {
  const property = fc.asyncProperty(target.cases, async input => {
    await target.check(input)
  })
  const { failed, counterexample, errorInstance, numRuns } = await fc.check(property, { numRuns: runs, seed })
  if (!failed) return undefined
  return { input: counterexample?.[0], fault: faultOf(errorInstance), run: numRuns }
}

/** The error, and where it was thrown when it is not a check's own. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.name === 'FuzzFault' ? error.message : (error.stack ?? error.message)
}
