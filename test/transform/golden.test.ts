import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Call, InvalidEventError, type Note, type Settings, transform } from '../../lib/index.ts'

type Done = Pick<Note, 'path' | 'did'>

/** One case per file: the reason, the source, and the call or the error. Notes have paths but no text. */
interface Golden {
  why: string
  source: string
  settings: Partial<Settings>
  event: unknown
  call?: { notes?: Done[] }
  error?: { code: string; path: string }
}

const folder = join(import.meta.dirname, '../golden')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
  file.endsWith('.json'),
)

describe.each(files.toSorted())('%s', file => {
  const golden = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Golden

  test('has a reason and a source', () => {
    expect(golden.why.trim().length).toBeGreaterThan(10)
    expect(golden.source.trim().length).toBeGreaterThan(10)
    expect(basename(file)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.json$/)
    expect(Number('call' in golden) + Number('error' in golden)).toBe(1)
  })

  test('is the result of the event', () => {
    const { call, error } = golden
    const wanted = call?.notes ? { ...call, notes: sorted(call.notes) } : call
    expect(outcome(golden)).toEqual(error ? { error } : { call: wanted })
  })
})

function outcome({ event, settings }: Golden) {
  try {
    return { call: withoutWording(transform(event, settings)) }
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error
    return { error: { code: error.code, path: error.issues[0]?.path } }
  }
}

/** The text of a note is for people and may change. The path and the action are the contract. */
function withoutWording(call: Call) {
  if (call.kind === 'skip') return { kind: call.kind }
  const found = new Map(call.notes.map(({ path, did }) => [`${did} ${path}`, { path, did }]))
  return { ...call, notes: sorted([...found.values()]) }
}

function sorted(notes: Done[]): Done[] {
  return notes.toSorted((a, b) => (`${a.path} ${a.did}` < `${b.path} ${b.did}` ? -1 : 1))
}
