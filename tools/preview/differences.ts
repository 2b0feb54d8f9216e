import type { Output } from '../terminal/command-io.ts'
import { paint, safe } from '../terminal/terminal.ts'
import type { Outcome } from './describe.ts'

/** A path at which two calls differ, and its JSON in each call; undefined if the path is missing there. */
export interface Difference {
  path: string
  before?: string
  after?: string
}

/** Returns the differences of two results for the same event, in the order of their paths. Notes are not compared. */
export function differences(before: Outcome, after: Outcome): Difference[] {
  const [old, now] = [leavesOf(before), leavesOf(after)]
  const paths = new Set([...old.keys(), ...now.keys()])
  return [...paths].flatMap(path => {
    const [was, is] = [old.get(path), now.get(path)]
    if (was === is) return []
    return [{ path, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }]
  })
}

/** Returns the differences of the `n`-th event as text. */
export function describeDifferences(found: Difference[], n: number, output: Output): string {
  const title = paint('bold', `Event ${n}`, output)
  if (found.length === 0) return `${title}  ${paint('dim', 'the same', output)}`
  const lines = found.flatMap(({ path, before, after }) => [
    ...(before === undefined ? [] : [paint('red', `- ${safe(path)}: ${safe(before)}`, output)]),
    ...(after === undefined ? [] : [paint('green', `+ ${safe(path)}: ${safe(after)}`, output)]),
  ])
  return [title, ...lines].join('\n')
}

/** Returns every leaf of a result by its path. It uses no recursion, because events may be nested deeply. */
function leavesOf(outcome: Outcome): Map<string, string> {
  const content = 'call' in outcome ? withoutNotes(outcome.call) : outcome
  const leaves = new Map<string, string>()
  const open: [string, unknown][] = [['', content]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, value] = next
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    if (entries.length === 0) leaves.set(path, JSON.stringify(value) ?? 'undefined')
    for (const [key, item] of entries.toReversed()) open.push([path ? `${path}.${key}` : key, item])
  }
  return leaves
}

function withoutNotes(call: object): object {
  return Object.fromEntries(Object.entries(call).filter(([key]) => key !== 'notes'))
}
