import type { Settings } from '../../../../lib/index.ts'
import type { Preview } from '../../server/shapes.ts'

/** Returns a test fixture for `test/golden`: only settings that differ from the defaults, notes without their text. */
export function testFixture(
  event: unknown,
  settings: Settings,
  defaults: Settings,
  preview: Preview,
): object {
  const changed = Object.entries(settings).filter(
    ([name, value]) => name !== 'baseEndpoint' && value !== defaults[name as keyof Settings],
  )
  const head = {
    why: 'Explain in one sentence why this is the right result.',
    source: 'State where the case comes from.',
    settings: Object.fromEntries(changed),
    event,
  }
  if (preview.kind === 'settings') return head
  if (preview.kind === 'error')
    return { ...head, error: { code: preview.code, path: preview.issues[0]?.path ?? '' } }
  const { call } = preview
  if (call.kind === 'skip') return { ...head, call: { kind: call.kind } }
  const done = new Map(call.notes.map(({ path, did }) => [`${path} ${did}`, { path, did }]))
  return { ...head, call: { ...call, notes: [...done.values()] } }
}

/** Returns a file name for a test fixture, from the type and name of the event. Rename the file to a sentence. */
export function fixtureName(event: unknown): string {
  const { type, event: name } = (event ?? {}) as Record<string, unknown>
  const words = [type, name].filter(word => typeof word === 'string').join('-')
  return `${
    words
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'event'
  }.json`
}

/** Lets the browser download a value as a JSON file. */
export function download(value: unknown, name: string): void {
  const text = `${JSON.stringify(value, null, 2)}\n`
  const href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  Object.assign(link, { href, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(href), 1_000)
}
