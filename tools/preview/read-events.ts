import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Issue } from '../../lib/errors.ts'
import { tooDeep } from '../../lib/ingest/refusal.ts'
import { webhook } from '../../lib/policy.ts'
import type { CommandIo } from '../terminal/command-io.ts'
import { fileFault } from '../terminal/file-fault.ts'
import { isDeeperThan } from './is-deeper-than.ts'

/** Why an event has no call, in the shape of the webhook's response. */
export interface Fault {
  code: string
  message: string
  issues: Issue[]
}

/** One parsed event, or why it could not be parsed. */
export type Read = { event: unknown } | { error: Fault }

/**
 * Returns the text of a file, or of standard input for `-`, without a byte order mark.
 * @throws Error with the name of the file if it cannot be read.
 */
export async function readText(
  file: string,
  { input, cwd }: Pick<CommandIo, 'input' | 'cwd'>,
): Promise<string> {
  const read = () => readFile(resolve(cwd, file), 'utf8').catch(unreadable(file))
  const all = file === '-' ? await text(input) : await read()
  return all.replace(/^\uFEFF/, '')
}

/**
 * Parses the events of a text: one JSON object, a JSON array of them, or NDJSON. In NDJSON a line that is not JSON is
 * an error of that line only; one document over several lines has one error, with its place. An event that is nested deeper than the webhook accepts is an error too. Never throws.
 */
export function readEvents(all: string): Read[] {
  const whole = parse(all)
  if (whole === undefined) return isIndented(all) ? [{ error: notJson(placeOfFault(all)) }] : lines(all)
  return (Array.isArray(whole.event) ? whole.event : [whole.event]).map(shallow)
}

/** Whether a text is one document over several lines: its first line opens what it does not close. */
function isIndented(all: string): boolean {
  const [first = ''] = all.trim().split('\n')
  return /^[{[]/.test(first) && !/[}\]],?\s*$/.test(first)
}

/** Where a text stops to be JSON, as V8 says it: `line 5 column 1`. */
function placeOfFault(all: string): string {
  try {
    JSON.parse(all)
  } catch (error) {
    const place = error instanceof Error && /\(line (\d+) column (\d+)\)/.exec(error.message)
    if (place) return `line ${place[1]}, column ${place[2]}`
  }
  return 'the end of the text'
}

function lines(all: string): Read[] {
  return all.split(/\r?\n/).flatMap((line, index): Read[] => {
    if (line.trim() === '') return []
    const parsed = parse(line)
    return [parsed === undefined ? { error: notJson(`line ${index + 1}`) } : shallow(parsed.event)]
  })
}

function parse(json: string): { event: unknown } | undefined {
  try {
    return { event: JSON.parse(json) }
  } catch {
    return undefined
  }
}

function shallow(event: unknown): Read {
  return isDeeperThan(webhook.maxDepth, event) ? { error: tooDeep } : { event }
}

function notJson(place: string): Fault {
  const issue = { path: place, expected: 'JSON', got: 'other text' }
  const message = `${place.charAt(0).toUpperCase()}${place.slice(1)} is not JSON.`
  return { code: 'NOT_JSON', message, issues: [issue] }
}

function unreadable(file: string) {
  return (error: NodeJS.ErrnoException): never => {
    throw new Error(`${file} cannot be read: ${fileFault(error)}`)
  }
}
